-- One row the health check writes to learn whether the store still can.
CREATE TABLE heartbeat (
  id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  beat_at TEXT    NOT NULL
);
INSERT INTO heartbeat (id, beat_at) VALUES (1, '1970-01-01T00:00:00Z');
