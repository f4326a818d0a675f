-- A signing key may be suspended, and have several active versions where its purpose lets it: signatures of each are wanted while verifiers
-- change over. Of a version that is prepared, the row is 'pre-active' and has its public half; of one whose making was begun, it has none.
-- 'state_since' is when it came into its state; 'compromised_since' from when on what it signed is doubted, also once it is destroyed.
ALTER TABLE signing_key_pair DROP CONSTRAINT signing_key_pair_state_check;
ALTER TABLE signing_key_pair ADD CONSTRAINT signing_key_pair_state_check CHECK (state IN
  ('pre-active', 'active', 'suspended', 'deactivated', 'compromised', 'destroying', 'destroyed'));
ALTER TABLE signing_key_pair ADD COLUMN state_since TEXT;
UPDATE signing_key_pair SET state_since = created_at;
ALTER TABLE signing_key_pair ALTER COLUMN state_since SET NOT NULL;
ALTER TABLE signing_key_pair ADD COLUMN compromised_since TEXT;
UPDATE signing_key_pair SET compromised_since = created_at WHERE state = 'compromised';
ALTER TABLE signing_key_pair ADD CHECK ((key_id IS NULL) = (public_key IS NULL) AND (key_id IS NULL) = (certificate IS NULL));
ALTER TABLE signing_key_pair ADD CHECK (state <> 'compromised' OR compromised_since IS NOT NULL);

-- A block has one signature: the key that makes it has one active version.
DROP INDEX signing_key_pair_active;
CREATE UNIQUE INDEX signing_key_pair_active ON signing_key_pair (alias, token)
  WHERE state = 'active' AND purpose = 'block-signing';
