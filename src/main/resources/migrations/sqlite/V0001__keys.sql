-- One row per version of a key, from before it is made in the token. A PRE_ACTIVE row is the intent: its CKA_ID is durable
-- before the token is asked, so whatever a crash leaves in the token is known by that id. Binary values are base64.
CREATE TABLE signing_key (
  alias       TEXT    NOT NULL,
  version     INTEGER NOT NULL CHECK (version >= 1),
  purpose     TEXT    NOT NULL,
  algorithm   TEXT    NOT NULL,
  state       TEXT    NOT NULL
    CHECK (state IN ('pre-active', 'active', 'deactivated', 'compromised', 'destroyed')),
  cka_id      TEXT    NOT NULL UNIQUE,
  created_at  TEXT    NOT NULL,
  key_id      TEXT    UNIQUE,
  public_key  TEXT,
  certificate TEXT,
  PRIMARY KEY (alias, version),
  CHECK (state = 'pre-active' OR (key_id IS NOT NULL AND public_key IS NOT NULL AND certificate IS NOT NULL))
);

-- A signature asked for by alias must have one answer.
CREATE UNIQUE INDEX signing_key_active ON signing_key (alias) WHERE state = 'active';
