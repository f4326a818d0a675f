-- Every policy that was ever in force, byte for byte: a decision in the audit log names its digest (SHA-256, hex).
CREATE TABLE policy_version (
  digest          TEXT NOT NULL PRIMARY KEY,
  text            TEXT NOT NULL,
  first_loaded_at TEXT NOT NULL
);
