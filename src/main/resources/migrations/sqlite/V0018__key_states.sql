-- A signing key may be suspended, and have several active versions where its purpose lets it: signatures of each are wanted while verifiers
-- change over. Of a version that is prepared, the row is 'pre-active' and has its public half; of one whose making was begun, it has none.
-- 'state_since' is when it came into its state; 'compromised_since' from when on what it signed is doubted, also once it is destroyed.
CREATE TABLE signing_key_version (
  alias             TEXT    NOT NULL,
  version           INTEGER NOT NULL CHECK (version >= 1),
  token             TEXT    NOT NULL,
  purpose           TEXT    NOT NULL,
  algorithm         TEXT    NOT NULL,
  state             TEXT    NOT NULL CHECK (state IN
    ('pre-active', 'active', 'suspended', 'deactivated', 'compromised', 'destroying', 'destroyed')),
  cka_id            TEXT    NOT NULL UNIQUE,
  created_at        TEXT    NOT NULL,
  key_id            TEXT    UNIQUE,
  public_key        TEXT,
  certificate       TEXT,
  state_since       TEXT    NOT NULL,
  compromised_since TEXT,
  PRIMARY KEY (alias, version, token),
  CHECK ((key_id IS NULL) = (public_key IS NULL) AND (key_id IS NULL) = (certificate IS NULL)),
  CHECK (state = 'pre-active' OR key_id IS NOT NULL),
  CHECK (state <> 'compromised' OR compromised_since IS NOT NULL)
);
INSERT INTO signing_key_version
  SELECT alias, version, token, purpose, algorithm, state, cka_id, created_at, key_id, public_key, certificate, created_at,
    CASE WHEN state = 'compromised' THEN created_at END
  FROM signing_key_pair;
DROP TABLE signing_key_pair;
ALTER TABLE signing_key_version RENAME TO signing_key_pair;

-- A block has one signature: the key that makes it has one active version.
CREATE UNIQUE INDEX signing_key_pair_active ON signing_key_pair (alias, token)
  WHERE state = 'active' AND purpose = 'block-signing';

ALTER TABLE published_key ADD COLUMN state_since TEXT NOT NULL DEFAULT '1970-01-01T00:00:00Z';
ALTER TABLE published_key ADD COLUMN compromised_since TEXT;
