-- The last handover of each chain that was ever handed over between appliances: 'away', to that of the named log, for which it was closed here;
-- or 'here', from that one. The number counts the handovers of the chain, by whichever appliances. The leaf of the audit log says the rest.
CREATE TABLE chain_handover (
  chain          TEXT   NOT NULL PRIMARY KEY,
  number         BIGINT NOT NULL CHECK (number >= 1),
  direction      TEXT   NOT NULL CHECK (direction IN ('away', 'here')),
  log            TEXT   NOT NULL,
  leaf           BIGINT NOT NULL,
  handed_over_at TEXT   NOT NULL
);
