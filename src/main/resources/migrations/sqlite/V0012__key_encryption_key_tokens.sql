-- A version of a key-encryption key is in one or more tokens, settled when it is made: their labels, with commas between. Rows of before
-- tokens were named have the empty text until the appliance, or a command, next opens the catalogue and gives them that of its one token.
ALTER TABLE key_encryption_key ADD COLUMN tokens TEXT NOT NULL DEFAULT '';
