-- Counts the moves of all heads: those that one transaction moved are found without reading the others.
ALTER TABLE chain_head ADD COLUMN moved BIGINT NOT NULL DEFAULT 0;

CREATE INDEX chain_head_moved ON chain_head (moved);
