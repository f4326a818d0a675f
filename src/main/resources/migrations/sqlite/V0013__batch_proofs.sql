-- A signature may be that of a whole batch: then the block has the proof that its statement is in it, index, count and hashes with blanks
-- between. A block without one has a signature of its own, or none yet.
ALTER TABLE block ADD COLUMN proof TEXT CHECK (proof IS NULL OR signature IS NOT NULL);
