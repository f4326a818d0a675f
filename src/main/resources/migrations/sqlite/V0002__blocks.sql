-- One row per block this appliance was asked to sign. The row is the claim on its height: it is durable before the token
-- is asked, and no second one can exist (primary key). No signature means: claimed, not yet signed.
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
  PRIMARY KEY (chain, height),
  CHECK ((signature IS NULL) = (key_id IS NULL) AND (signature IS NULL) = (algorithm IS NULL))
);

-- The highest claimed block of each chain; it only ever rises.
CREATE TABLE chain_head (
  chain      TEXT   NOT NULL PRIMARY KEY,
  height     BIGINT NOT NULL,
  block_hash TEXT   NOT NULL
);
