-- A store that was moved into another database has a row: where it is now, and since when (RFC 3339). It is no ledger's store any more.
CREATE TABLE store_moved (
  id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  address  TEXT    NOT NULL,
  moved_at TEXT    NOT NULL
);
