-- A database that an embedded store is being moved into has a row, and is no ledger's store until it is gone: the identity of that store, a
-- digest of what it had when the copy was begun, and how far the copy came: so many rows of this table, and all tables before it.
CREATE TABLE store_filling (
  id           INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  store        TEXT    NOT NULL,
  content      TEXT    NOT NULL,
  copied_table TEXT    NOT NULL,
  copied_rows  BIGINT  NOT NULL
);
