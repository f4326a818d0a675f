-- Emergencies: who broke the glass, for which key, and why. The justification may be about a patient: it is here and nowhere
-- else, the audit log has its digest. Times are milliseconds since 1970; leaf and ended_by are indexes of the audit log.
CREATE TABLE emergency_access (
    leaf          BIGINT PRIMARY KEY,
    caller        TEXT   NOT NULL,
    key_alias     TEXT   NOT NULL,
    purpose       TEXT   NOT NULL,
    salt          TEXT   NOT NULL,
    justification TEXT   NOT NULL,
    began_at      BIGINT NOT NULL,
    ends_at       BIGINT NOT NULL,
    ended_by      BIGINT
);

CREATE INDEX emergency_access_under_way ON emergency_access (ended_by, ends_at);
