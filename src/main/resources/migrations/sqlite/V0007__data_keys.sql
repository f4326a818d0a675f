-- Of every object in the token there is a row before it is made, and until it is proven to be gone: whatever a crash leaves
-- there is known by its CKA_ID, and the command that was interrupted finishes its work when it is run again.

-- One row per version of a key-encryption key.
CREATE TABLE key_encryption_key (
  alias      TEXT    NOT NULL,
  version    INTEGER NOT NULL CHECK (version >= 1),
  state      TEXT    NOT NULL CHECK (state IN ('pre-active', 'active', 'deactivated', 'destroying', 'destroyed')),
  cka_id     TEXT    NOT NULL UNIQUE,
  created_at TEXT    NOT NULL,
  PRIMARY KEY (alias, version)
);
CREATE UNIQUE INDEX key_encryption_key_active ON key_encryption_key (alias) WHERE state = 'active';
CREATE UNIQUE INDEX key_encryption_key_pending ON key_encryption_key (alias) WHERE state = 'pre-active';

-- One row per enrollment of a recipient. The certificate is base64 of DER; the key is its SHA-256 of SubjectPublicKeyInfo, hex.
CREATE TABLE recipient (
  name        TEXT NOT NULL,
  key         TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('enrolling', 'enrolled', 'retiring', 'retired')),
  certificate TEXT NOT NULL,
  enrolled_at TEXT NOT NULL,
  retired_at  TEXT,
  PRIMARY KEY (name, enrolled_at)
);
-- A name has one key, and a key one name: retiring one recipient never takes the key of another out of the token.
CREATE UNIQUE INDEX recipient_name ON recipient (name) WHERE state <> 'retired';
CREATE UNIQUE INDEX recipient_key ON recipient (key) WHERE state <> 'retired';

-- One row per rewrap window. Its transit pair is in the token from opening to closing.
CREATE TABLE rewrap_window (
  alias        TEXT    NOT NULL,
  from_version INTEGER NOT NULL,
  to_version   INTEGER NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('opening', 'open', 'closing', 'closed')),
  cka_id       TEXT    NOT NULL PRIMARY KEY,
  opened_at    TEXT    NOT NULL,
  closed_at    TEXT,
  FOREIGN KEY (alias, from_version) REFERENCES key_encryption_key (alias, version),
  FOREIGN KEY (alias, to_version) REFERENCES key_encryption_key (alias, version)
);
CREATE UNIQUE INDEX rewrap_window_open ON rewrap_window (alias) WHERE state <> 'closed';
