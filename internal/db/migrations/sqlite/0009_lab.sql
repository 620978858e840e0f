-- +goose Up
-- Sets of labelled pictures. Names of files and people are sealed with the pictures; here stand counts only.
CREATE TABLE lab_sets (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('','face','document','liveness','barcode')), -- '' until its labels were read
  origin      TEXT NOT NULL,
  basis       TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('reading','ready','failed','ended')),
  reason      TEXT NOT NULL,
  line        INTEGER NOT NULL, -- of the labels, that the reason is about; 0 for none
  pictures    INTEGER NOT NULL,
  people      INTEGER NOT NULL,
  columns     TEXT NOT NULL,    -- names of the group columns, JSON
  labels_item TEXT NOT NULL,    -- sealed: the labels, with files and people by id
  zip_item    TEXT NOT NULL,    -- sealed: the upload, until it was read
  added_by    TEXT NOT NULL,
  added_at    DATETIME NOT NULL,
  expires_at  DATETIME NOT NULL,
  ended_at    DATETIME
);

CREATE TABLE lab_files (
  id       TEXT PRIMARY KEY,
  set_id   TEXT NOT NULL REFERENCES lab_sets (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  item     TEXT NOT NULL, -- sealed picture
  UNIQUE (set_id, position)
);

CREATE TABLE lab_runs (
  id            TEXT PRIMARY KEY,
  number        BIGINT NOT NULL UNIQUE,
  set_id        TEXT NOT NULL, -- '' for synthetic vectors
  set_name      TEXT NOT NULL, -- as it was called then: the report outlives its set
  kind          TEXT NOT NULL CHECK (kind IN ('face','identify','liveness','document','barcode')),
  options       TEXT NOT NULL, -- JSON
  state         TEXT NOT NULL CHECK (state IN ('waiting','running','done','failed','cancelled')),
  reason        TEXT NOT NULL,
  message       TEXT NOT NULL,    -- what the measurement said when it failed; no file or person has a name in it
  job           TEXT NOT NULL,    -- that works on it
  done          INTEGER NOT NULL, -- pictures, at the last checkpoint
  total         INTEGER NOT NULL,
  resumed       INTEGER NOT NULL, -- how often it was taken up again
  kept_item     TEXT NOT NULL,    -- sealed: what was made of the pictures so far, while it runs
  failures_item TEXT NOT NULL,    -- sealed: which pictures erred and how; goes with the pictures
  failures      INTEGER NOT NULL,
  report        TEXT NOT NULL,    -- JSON
  headline      TEXT NOT NULL,    -- JSON: the few numbers that lists show
  network       TEXT NOT NULL,
  version       TEXT NOT NULL,
  fingerprint   TEXT NOT NULL,    -- of the networks' files
  code          TEXT NOT NULL,
  machine       TEXT NOT NULL,
  seed          BIGINT NOT NULL,
  asked_by      TEXT NOT NULL,
  asked_at      DATETIME NOT NULL,
  started_at    DATETIME,
  finished_at   DATETIME,
  published_by  TEXT NOT NULL,
  published_at  DATETIME
);
CREATE INDEX lab_runs_state ON lab_runs (state, number);
CREATE INDEX lab_runs_set ON lab_runs (set_id, number);

-- Thresholds: proposed by one, confirmed by another; at most one is in force.
CREATE TABLE lab_activations (
  id            TEXT PRIMARY KEY,
  run_id        TEXT NOT NULL REFERENCES lab_runs (id),
  network       TEXT NOT NULL,
  version       TEXT NOT NULL,
  accept        DOUBLE PRECISION NOT NULL,
  review        DOUBLE PRECISION NOT NULL,
  report        TEXT NOT NULL, -- JSON: the error rates that go with every judgement
  words         TEXT NOT NULL,
  standing      TEXT NOT NULL CHECK (standing IN ('proposed','active','returned','replaced','ended')),
  worse         TEXT NOT NULL, -- groups beyond the limit, JSON
  proposed_by   TEXT NOT NULL,
  proposed_at   DATETIME NOT NULL,
  settled_by    TEXT NOT NULL,
  settled_at    DATETIME,
  settled_words TEXT NOT NULL,
  ended_at      DATETIME,
  exception     TEXT NOT NULL, -- why a worse group is accepted
  lead_by       TEXT NOT NULL,
  lead_at       DATETIME,
  privacy_by    TEXT NOT NULL,
  privacy_at    DATETIME
);
CREATE UNIQUE INDEX lab_activations_active ON lab_activations (standing) WHERE standing = 'active';
CREATE UNIQUE INDEX lab_activations_proposed ON lab_activations (standing) WHERE standing = 'proposed';

-- Live face checks a week, counted while their scores are still there. No row says whose they were.
CREATE TABLE lab_weeks (
  week       TEXT PRIMARY KEY, -- its Monday, YYYY-MM-DD
  counts     TEXT NOT NULL,    -- JSON
  counted_at DATETIME NOT NULL
);

-- +goose Down
DROP TABLE lab_weeks;
DROP TABLE lab_activations;
DROP TABLE lab_runs;
DROP TABLE lab_files;
DROP TABLE lab_sets;
