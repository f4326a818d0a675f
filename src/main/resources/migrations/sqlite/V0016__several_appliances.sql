-- Where several appliances share a database, a block and a handover say whose log their leaf is in; the empty text is that of the one appliance of this store.
ALTER TABLE block ADD COLUMN appliance TEXT NOT NULL DEFAULT '';
ALTER TABLE chain_handover ADD COLUMN appliance TEXT NOT NULL DEFAULT '';

-- The name of the appliance whose store this is, among those that share a database.
CREATE TABLE this_appliance (
  id   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  name TEXT    NOT NULL
);
INSERT INTO this_appliance (id, name) VALUES (1, '');

-- The appliances that share a database, in the order in which they joined it: none in an embedded store. The log is that of its checkpoints;
-- 'database_run' is the one in which it last found everything that it remembers, 'acknowledged' is the highest number that its own log knows
-- of, and 'beat' rises with each look.
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

-- The public halves of the key pairs of these appliances: each tells the others its own.
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
