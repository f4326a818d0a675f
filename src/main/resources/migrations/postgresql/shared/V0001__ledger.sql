-- The tables of the SQLite store after its migration 16 that all appliances of a database share, with the same statements on them. What they are
-- for is said there. Those that each appliance has for itself are in a schema of its own.

-- The turn to write: each transaction locks the row, takes the next number and leaves the name of its connection. So one at a time writes, and
-- number and name, read back, tell what became of a commit whose answer was lost.
CREATE TABLE writer_turn (
  id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  turn   BIGINT  NOT NULL,
  holder TEXT    NOT NULL
);
INSERT INTO writer_turn (id, turn, holder) VALUES (1, 0, '');

CREATE TABLE store_identity (
  id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  identity TEXT    NOT NULL
);
INSERT INTO store_identity (id, identity) VALUES (1, replace(CAST(gen_random_uuid() AS TEXT), '-', ''));

CREATE TABLE block (
  chain         TEXT   NOT NULL,
  height        BIGINT NOT NULL CHECK (height >= 0),
  previous_hash TEXT   NOT NULL,
  block_hash    TEXT   NOT NULL,
  signed_at     TEXT   NOT NULL,
  caller        TEXT   NOT NULL,
  key_id        TEXT,
  algorithm     TEXT,
  signature     TEXT,
  audit_index   BIGINT,
  proof         TEXT   CHECK (proof IS NULL OR signature IS NOT NULL),
  appliance     TEXT   NOT NULL DEFAULT '',
  PRIMARY KEY (chain, height),
  CHECK ((signature IS NULL) = (key_id IS NULL) AND (signature IS NULL) = (algorithm IS NULL))
);
CREATE INDEX block_unsigned ON block (chain, height) WHERE signature IS NULL;

CREATE TABLE chain_head (
  chain      TEXT   NOT NULL PRIMARY KEY,
  height     BIGINT NOT NULL,
  block_hash TEXT   NOT NULL,
  moved      BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX chain_head_moved ON chain_head (moved);

CREATE TABLE chain_handover (
  chain          TEXT   NOT NULL PRIMARY KEY,
  number         BIGINT NOT NULL CHECK (number >= 1),
  direction      TEXT   NOT NULL CHECK (direction IN ('away', 'here')),
  log            TEXT   NOT NULL,
  leaf           BIGINT NOT NULL,
  handed_over_at TEXT   NOT NULL,
  appliance      TEXT   NOT NULL DEFAULT ''
);

-- A database that an embedded store is being moved into has a row, and is no ledger's store until it is gone: the identity of that store, a
-- digest of what it had when the copy was begun, and how far the copy came: so many rows of this table, and all tables before it.
CREATE TABLE store_filling (
  id           INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  store        TEXT    NOT NULL,
  content      TEXT    NOT NULL,
  copied_table TEXT    NOT NULL,
  copied_rows  BIGINT  NOT NULL
);

CREATE TABLE appliance (
  number       INTEGER NOT NULL PRIMARY KEY,
  name         TEXT    NOT NULL UNIQUE,
  log          TEXT,
  database_run TEXT    NOT NULL DEFAULT '',
  acknowledged INTEGER NOT NULL DEFAULT 0,
  beat         BIGINT  NOT NULL DEFAULT 0,
  beat_at      TEXT,
  retired_at   TEXT
);

CREATE TABLE published_key (
  key_id      TEXT    NOT NULL PRIMARY KEY,
  appliance   TEXT    NOT NULL,
  alias       TEXT    NOT NULL,
  version     INTEGER NOT NULL,
  token       TEXT    NOT NULL,
  purpose     TEXT    NOT NULL,
  algorithm   TEXT    NOT NULL,
  state       TEXT    NOT NULL,
  cka_id      TEXT    NOT NULL,
  created_at  TEXT    NOT NULL,
  public_key  TEXT    NOT NULL,
  certificate TEXT    NOT NULL
);
