-- Those who approve changes of keys, as their file says; the row of the highest number is in force. None: one operator alone changes keys.
CREATE TABLE officers (
  number INTEGER NOT NULL PRIMARY KEY,
  digest TEXT    NOT NULL,
  text   TEXT    NOT NULL,
  since  TEXT    NOT NULL
);

-- The policies that these let come into force, by the SHA-256 of their files. Without officers, any policy comes into force.
CREATE TABLE approved_policy (
  digest TEXT NOT NULL PRIMARY KEY,
  since  TEXT NOT NULL
);

-- Every request for changes that was begun, with the approvals and the revocation lists by which it was judged. The leaves are those of the audit
-- log that say so; 'result' tells what became of its changes once they are made.
CREATE TABLE ceremony (
  digest      TEXT   NOT NULL PRIMARY KEY,
  request     TEXT   NOT NULL,
  approvals   TEXT   NOT NULL,
  revocations TEXT,
  state       TEXT   NOT NULL CHECK (state IN ('begun', 'done', 'abandoned')),
  begun_at    TEXT   NOT NULL,
  begun_leaf  BIGINT NOT NULL,
  ended_at    TEXT,
  ended_leaf  BIGINT,
  result      TEXT,
  CHECK (state <> 'done' OR (ended_at IS NOT NULL AND ended_leaf IS NOT NULL AND result IS NOT NULL))
);
CREATE UNIQUE INDEX ceremony_begun ON ceremony (state) WHERE state = 'begun';
