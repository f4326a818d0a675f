-- The audit log. One row: the name of the log, the last checkpoint that was signed, and the last one witnesses cosigned.
CREATE TABLE audit_log (
  id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  origin     TEXT    NOT NULL,
  checkpoint TEXT,
  cosigned   TEXT
);

-- The leaves, numbered from 0 without a gap. Nobody changes or deletes one.
CREATE TABLE audit_leaf (
  idx   INTEGER NOT NULL PRIMARY KEY CHECK (idx >= 0),
  entry BLOB    NOT NULL
);
CREATE TRIGGER audit_leaf_is_never_changed BEFORE UPDATE ON audit_leaf
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_leaf_is_never_deleted BEFORE DELETE ON audit_leaf
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- The full tiles (C2SP tlog-tiles): 256 hashes of 32 bytes each. What they say follows from the leaves.
CREATE TABLE audit_tile (
  level  INTEGER NOT NULL,
  idx    INTEGER NOT NULL,
  hashes BLOB    NOT NULL CHECK (length(hashes) = 8192),
  PRIMARY KEY (level, idx)
);

-- The leaf that recorded a block's signature; null for blocks signed before there was an audit log.
ALTER TABLE block ADD COLUMN audit_index BIGINT;
