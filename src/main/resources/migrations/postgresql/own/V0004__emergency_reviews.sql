-- Reviews of emergencies: who judged one, how, and what was noted. A note may be about a patient: it is here and nowhere else, the audit log
-- has its digest. Times are milliseconds since 1970; leaf and emergency are indexes of the audit log.
CREATE TABLE emergency_review (
    leaf        BIGINT PRIMARY KEY,
    emergency   BIGINT NOT NULL REFERENCES emergency_access (leaf),
    caller      TEXT   NOT NULL,
    verdict     TEXT   NOT NULL,
    salt        TEXT   NOT NULL,
    note        TEXT   NOT NULL,
    reviewed_at BIGINT NOT NULL
);

CREATE INDEX emergency_review_of ON emergency_review (emergency);
