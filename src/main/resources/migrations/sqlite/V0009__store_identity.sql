-- Names this store: another one with the same tables is not taken for it. A copy has the same name.
CREATE TABLE store_identity (
  id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  identity TEXT    NOT NULL
);
INSERT INTO store_identity (id, identity) VALUES (1, lower(hex(randomblob(16))));

-- Claims without a signature are finished at the start; there are few, if any.
CREATE INDEX block_unsigned ON block (chain, height) WHERE signature IS NULL;
