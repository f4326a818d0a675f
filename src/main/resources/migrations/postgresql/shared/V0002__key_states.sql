-- Since when a published key is in its state, and from when on what it signed is doubted.
ALTER TABLE published_key ADD COLUMN state_since TEXT NOT NULL DEFAULT '1970-01-01T00:00:00Z';
ALTER TABLE published_key ADD COLUMN compromised_since TEXT;
