-- +goose Up
-- one row: the last number that was given to an application
CREATE TABLE sellers_numbers (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  last BIGINT NOT NULL
);
INSERT INTO sellers_numbers (id, last) VALUES (1, 2000);

CREATE TABLE sellers_applications (
  id              TEXT PRIMARY KEY,
  number          BIGINT NOT NULL UNIQUE,
  account_id      TEXT NOT NULL,
  state           TEXT NOT NULL CHECK (state IN ('draft','analysing','waiting','second','asked','approved','refused','cancelled')),
  road            TEXT NOT NULL CHECK (road IN ('','face','documents')),
  version         BIGINT NOT NULL,
  round           INTEGER NOT NULL,
  details_round   INTEGER NOT NULL, -- the round for which the details were last confirmed
  country         TEXT NOT NULL,
  kind            TEXT NOT NULL,
  given_names     TEXT NOT NULL,
  family_name     TEXT NOT NULL,
  business_name   TEXT NOT NULL,
  birth_date      TEXT NOT NULL,
  line1           TEXT NOT NULL,
  line2           TEXT NOT NULL,
  postcode        TEXT NOT NULL,
  city            TEXT NOT NULL,
  region          TEXT NOT NULL,
  document_kind   TEXT NOT NULL,
  name_sort       TEXT NOT NULL, -- shown name, folded, for search and order
  created_at      TIMESTAMPTZ NOT NULL,
  updated_at      TIMESTAMPTZ NOT NULL,
  submitted_at    TIMESTAMPTZ,
  due_at          TIMESTAMPTZ,
  decided_at      TIMESTAMPTZ,
  claimed_by      TEXT NOT NULL,
  claimed_at      TIMESTAMPTZ,
  outcome         TEXT NOT NULL,
  appealed        BOOLEAN NOT NULL,
  reapply_at      TIMESTAMPTZ,
  previous_id     TEXT NOT NULL,
  failed_captures INTEGER NOT NULL,
  capture_pause   TIMESTAMPTZ,
  emptied_at      TIMESTAMPTZ
);
-- an account has at most one application that is open
CREATE UNIQUE INDEX sellers_applications_open ON sellers_applications (account_id)
  WHERE state IN ('draft','analysing','waiting','second','asked');
CREATE INDEX sellers_applications_account ON sellers_applications (account_id, number);
CREATE INDEX sellers_applications_due ON sellers_applications (state, due_at, number);
CREATE INDEX sellers_applications_claimed ON sellers_applications (claimed_by, state);
CREATE INDEX sellers_applications_all_due ON sellers_applications (due_at, number);
CREATE INDEX sellers_applications_submitted ON sellers_applications (submitted_at, number);
CREATE INDEX sellers_applications_name ON sellers_applications (name_sort, number);

CREATE TABLE sellers_captures (
  id             TEXT PRIMARY KEY,
  application_id TEXT NOT NULL REFERENCES sellers_applications (id) ON DELETE CASCADE,
  account_id     TEXT NOT NULL,
  challenge      TEXT NOT NULL, -- JSON: the prompts; nothing about the person
  outcome        TEXT NOT NULL, -- '' until it is finished
  reasons        TEXT NOT NULL,
  frames         INTEGER NOT NULL,
  round          INTEGER NOT NULL,
  camera_item    TEXT NOT NULL, -- sealed
  created_at     TIMESTAMPTZ NOT NULL,
  expires_at     TIMESTAMPTZ NOT NULL,
  finished_at    TIMESTAMPTZ,
  removed_at     TIMESTAMPTZ
);
CREATE INDEX sellers_captures_application ON sellers_captures (application_id, created_at);

CREATE TABLE sellers_evidence (
  id             TEXT PRIMARY KEY,
  application_id TEXT NOT NULL REFERENCES sellers_applications (id) ON DELETE CASCADE,
  account_id     TEXT NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('document','paper','frame')),
  document_kind  TEXT NOT NULL,
  side           TEXT NOT NULL,
  paper_kind     TEXT NOT NULL,
  capture_id     TEXT NOT NULL,
  offset_ms      INTEGER NOT NULL,
  round          INTEGER NOT NULL,
  item           TEXT NOT NULL, -- sealed picture
  reading_item   TEXT NOT NULL, -- sealed fields that were read
  reading_state  TEXT NOT NULL,
  width          INTEGER NOT NULL,
  height         INTEGER NOT NULL,
  bytes          INTEGER NOT NULL,
  findings       TEXT NOT NULL,
  at             TIMESTAMPTZ NOT NULL
);
CREATE INDEX sellers_evidence_application ON sellers_evidence (application_id, kind);

CREATE TABLE sellers_corrections (
  application_id TEXT NOT NULL REFERENCES sellers_applications (id) ON DELETE CASCADE,
  account_id     TEXT NOT NULL,
  field          TEXT NOT NULL,
  item           TEXT NOT NULL, -- sealed value, as read and as corrected
  at             TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (application_id, field)
);

CREATE TABLE sellers_checks (
  application_id TEXT NOT NULL REFERENCES sellers_applications (id) ON DELETE CASCADE,
  account_id     TEXT NOT NULL,
  round          INTEGER NOT NULL,
  kind           TEXT NOT NULL,
  outcome        TEXT NOT NULL CHECK (outcome IN ('pass','review','fail','not run')),
  reason         TEXT NOT NULL,
  score          DOUBLE PRECISION,
  accept         DOUBLE PRECISION,
  review         DOUBLE PRECISION,
  report         TEXT NOT NULL,
  item           TEXT NOT NULL, -- sealed: what was compared
  at             TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (application_id, round, kind)
);

CREATE TABLE sellers_decisions (
  id             TEXT PRIMARY KEY,
  application_id TEXT NOT NULL REFERENCES sellers_applications (id) ON DELETE CASCADE,
  account_id     TEXT NOT NULL,
  round          INTEGER NOT NULL,
  version        BIGINT NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('approve','refuse','ask')),
  reason_code    TEXT NOT NULL,
  words          TEXT NOT NULL,
  items          TEXT NOT NULL,
  standing       TEXT NOT NULL,
  by_id          TEXT NOT NULL,
  by_role        TEXT NOT NULL,
  at             TIMESTAMPTZ NOT NULL,
  second_by      TEXT NOT NULL,
  second_role    TEXT NOT NULL,
  second_at      TIMESTAMPTZ,
  second_words   TEXT NOT NULL,
  reapply_at     TIMESTAMPTZ,
  appeal_until   TIMESTAMPTZ,
  CHECK (by_id <> '' AND by_id <> second_by) -- four eyes, and nothing but people
);
CREATE INDEX sellers_decisions_application ON sellers_decisions (application_id, at);

CREATE TABLE sellers_appeals (
  application_id TEXT PRIMARY KEY REFERENCES sellers_applications (id) ON DELETE CASCADE,
  account_id     TEXT NOT NULL,
  words          TEXT NOT NULL,
  at             TIMESTAMPTZ NOT NULL
);

-- a reviewer who said that they know the person behind a case
CREATE TABLE sellers_connections (
  staff_id   TEXT NOT NULL,
  account_id TEXT NOT NULL,
  at         TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (staff_id, account_id)
);

-- what an idempotency key was answered with, so that a repeated upload is one upload
CREATE TABLE sellers_replies (
  account_id  TEXT NOT NULL,
  key         TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  result      TEXT NOT NULL,
  at          TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (account_id, key)
);

-- +goose Down
DROP TABLE sellers_replies;
DROP TABLE sellers_connections;
DROP TABLE sellers_appeals;
DROP TABLE sellers_decisions;
DROP TABLE sellers_checks;
DROP TABLE sellers_corrections;
DROP TABLE sellers_evidence;
DROP TABLE sellers_captures;
DROP TABLE sellers_applications;
DROP TABLE sellers_numbers;
