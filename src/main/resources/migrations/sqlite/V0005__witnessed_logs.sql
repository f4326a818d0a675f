-- The largest checkpoint this appliance has cosigned, as a witness, of each peer's log. It never goes back.
CREATE TABLE witnessed_log (
  origin     TEXT    NOT NULL PRIMARY KEY,
  size       BIGINT  NOT NULL CHECK (size >= 0),
  root       TEXT    NOT NULL,
  checkpoint TEXT    NOT NULL
);
