-- Up to where each FHIR server has each log: the index of the first leaf that it does not have. Never more than it has; less after a crash.
CREATE TABLE fhir_cursor (
  server    TEXT   NOT NULL,
  log       TEXT   NOT NULL,
  next_leaf BIGINT NOT NULL CHECK (next_leaf >= 0),
  PRIMARY KEY (server, log)
);
