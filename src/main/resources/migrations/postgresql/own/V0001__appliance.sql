-- The tables of the SQLite store after its migration 16 that an appliance does not share: its keys, its audit log, and what only it needs.

CREATE TABLE this_appliance (
  id   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  name TEXT    NOT NULL
);

CREATE TABLE heartbeat (
  id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  beat_at TEXT    NOT NULL
);
INSERT INTO heartbeat (id, beat_at) VALUES (1, '1970-01-01T00:00:00Z');

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
CREATE UNIQUE INDEX signing_key_pair_active ON signing_key_pair (alias, token) WHERE state = 'active';

CREATE TABLE audit_log (
  id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  origin     TEXT    NOT NULL,
  checkpoint TEXT,
  cosigned   TEXT
);

CREATE TABLE audit_leaf (
  idx   BIGINT NOT NULL PRIMARY KEY CHECK (idx >= 0),
  entry BYTEA  NOT NULL
);
CREATE FUNCTION audit_leaf_is_append_only() RETURNS TRIGGER LANGUAGE plpgsql AS
  'BEGIN RAISE EXCEPTION ''the audit log is append-only''; END';
CREATE TRIGGER audit_leaf_is_never_changed BEFORE UPDATE OR DELETE ON audit_leaf
  FOR EACH ROW EXECUTE FUNCTION audit_leaf_is_append_only();

CREATE TABLE audit_tile (
  level  INTEGER NOT NULL,
  idx    BIGINT  NOT NULL,
  hashes BYTEA   NOT NULL CHECK (length(hashes) = 8192),
  PRIMARY KEY (level, idx)
);

CREATE TABLE witnessed_log (
  origin     TEXT    NOT NULL PRIMARY KEY,
  size       BIGINT  NOT NULL CHECK (size >= 0),
  root       TEXT    NOT NULL,
  checkpoint TEXT    NOT NULL
);

CREATE TABLE policy_version (
  digest          TEXT NOT NULL PRIMARY KEY,
  text            TEXT NOT NULL,
  first_loaded_at TEXT NOT NULL
);

CREATE TABLE key_encryption_key (
  alias      TEXT    NOT NULL,
  version    INTEGER NOT NULL CHECK (version >= 1),
  state      TEXT    NOT NULL CHECK (state IN ('pre-active', 'active', 'deactivated', 'destroying', 'destroyed')),
  cka_id     TEXT    NOT NULL UNIQUE,
  created_at TEXT    NOT NULL,
  tokens     TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (alias, version)
);
CREATE UNIQUE INDEX key_encryption_key_active ON key_encryption_key (alias) WHERE state = 'active';
CREATE UNIQUE INDEX key_encryption_key_pending ON key_encryption_key (alias) WHERE state = 'pre-active';

CREATE TABLE recipient (
  name        TEXT NOT NULL,
  key         TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('enrolling', 'enrolled', 'retiring', 'retired')),
  certificate TEXT NOT NULL,
  enrolled_at TEXT NOT NULL,
  retired_at  TEXT,
  PRIMARY KEY (name, enrolled_at)
);
CREATE UNIQUE INDEX recipient_name ON recipient (name) WHERE state <> 'retired';
CREATE UNIQUE INDEX recipient_key ON recipient (key) WHERE state <> 'retired';

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

CREATE TABLE emergency_access (
  leaf          BIGINT PRIMARY KEY,
  caller        TEXT   NOT NULL,
  key_alias     TEXT   NOT NULL,
  purpose       TEXT   NOT NULL,
  salt          TEXT   NOT NULL,
  justification TEXT   NOT NULL,
  began_at      BIGINT NOT NULL,
  ends_at       BIGINT NOT NULL,
  ended_by      BIGINT
);
CREATE INDEX emergency_access_under_way ON emergency_access (ended_by, ends_at);
