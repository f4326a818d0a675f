-- A signing key may have a pair in each of several tokens: a row per pair. Rows of before tokens were named have the empty name until
-- the appliance, or a command, next opens the catalogue and gives them that of its one token.
CREATE TABLE signing_key_pair (
  alias       TEXT    NOT NULL,
  version     INTEGER NOT NULL CHECK (version >= 1),
  token       TEXT    NOT NULL,
  purpose     TEXT    NOT NULL,
  algorithm   TEXT    NOT NULL,
  state       TEXT    NOT NULL
    CHECK (state IN ('pre-active', 'active', 'deactivated', 'compromised', 'destroyed')),
  cka_id      TEXT    NOT NULL UNIQUE,
  created_at  TEXT    NOT NULL,
  key_id      TEXT    UNIQUE,
  public_key  TEXT,
  certificate TEXT,
  PRIMARY KEY (alias, version, token),
  CHECK (state = 'pre-active' OR (key_id IS NOT NULL AND public_key IS NOT NULL AND certificate IS NOT NULL))
);
INSERT INTO signing_key_pair
  SELECT alias, version, '', purpose, algorithm, state, cka_id, created_at, key_id, public_key, certificate FROM signing_key;
DROP TABLE signing_key;

-- A signature asked for by alias has one key in each token.
CREATE UNIQUE INDEX signing_key_pair_active ON signing_key_pair (alias, token) WHERE state = 'active';
