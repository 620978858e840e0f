-- +goose Up
-- Tests of a new order or setting on a part of the sellers; about nobody but who registered them.
CREATE TABLE experiments (
  id            TEXT PRIMARY KEY,
  name          TEXT NOT NULL,
  why           TEXT NOT NULL,
  change        TEXT NOT NULL CHECK (change IN ('road-order','light')),
  arms          TEXT NOT NULL, -- JSON: code and share of each
  audience      TEXT NOT NULL CHECK (audience IN ('everyone','first')),
  start_at      DATETIME NOT NULL,
  end_at        DATETIME NOT NULL,
  registered_by TEXT NOT NULL,
  privacy_first BOOLEAN NOT NULL, -- whoever registered it was a privacy officer
  registered_at DATETIME NOT NULL,
  approved_by   TEXT NOT NULL,
  approved_at   DATETIME,
  ended_by      TEXT NOT NULL,    -- '' while it may run, 'date' when its date ended it
  ended_at      DATETIME,
  result        TEXT NOT NULL,    -- in words, by whom it was ended
  result_by     TEXT NOT NULL,
  figures       TEXT NOT NULL,    -- JSON: counts by arm, kept when the people are forgotten
  forgotten_at  DATETIME
);
CREATE INDEX experiments_change ON experiments (change, start_at);

CREATE TABLE experiments_assignments (
  experiment_id  TEXT NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
  account_id     TEXT NOT NULL,
  application_id TEXT NOT NULL, -- with which it began
  arm            TEXT NOT NULL,
  assigned_at    DATETIME NOT NULL,
  left_at        DATETIME,
  PRIMARY KEY (experiment_id, account_id)
);
CREATE INDEX experiments_assignments_account ON experiments_assignments (account_id);

-- who wants to be in no test
CREATE TABLE experiments_optouts (
  account_id TEXT PRIMARY KEY,
  at         DATETIME NOT NULL
);

-- what people who declined the face comparison waited and got, against the others, day by day
CREATE TABLE sellers_parity_days (
  day            TEXT PRIMARY KEY,
  figures        TEXT NOT NULL, -- JSON: counts, shares and medians, about nobody
  approval_since DATETIME,   -- since when declining was shown to cost more than the margin
  wait_since     DATETIME,
  computed_at    DATETIME NOT NULL
);

-- +goose Down
DROP TABLE sellers_parity_days;
DROP TABLE experiments_optouts;
DROP TABLE experiments_assignments;
DROP TABLE experiments;
