-- +goose Up
-- What is said in public. Nothing here is about a person: results of checks, sentences,
-- counts, kinds and dates.
CREATE TABLE refusals_results (
  code  TEXT PRIMARY KEY,
  holds BOOLEAN NOT NULL,
  found TEXT NOT NULL, -- JSON: what in the program breaks the refusal
  more  INTEGER NOT NULL,
  seen  TEXT NOT NULL, -- JSON: how much was looked at
  at    TIMESTAMPTZ NOT NULL,
  since TIMESTAMPTZ NOT NULL
);
CREATE TABLE refusals_turns (
  id    TEXT PRIMARY KEY,
  code  TEXT NOT NULL,
  holds BOOLEAN NOT NULL,
  found TEXT NOT NULL,
  at    TIMESTAMPTZ NOT NULL
);
CREATE TABLE refusals_search (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  statement TEXT NOT NULL -- JSON: where pictures go in, and what comes back
);

-- what was answered, word for word, from a day to another
CREATE TABLE answers_said (
  id       TEXT PRIMARY KEY,
  question TEXT NOT NULL,
  text     TEXT NOT NULL, -- JSON: paragraphs
  facts    TEXT NOT NULL, -- JSON
  since    TIMESTAMPTZ NOT NULL,
  until    TIMESTAMPTZ
);
CREATE UNIQUE INDEX answers_said_now ON answers_said (question) WHERE until IS NULL;

-- the count behind a published figure, so that the next figure moves only when
-- enough people have come or gone
CREATE TABLE answers_steps (
  name  TEXT PRIMARY KEY,
  count INTEGER NOT NULL
);

CREATE TABLE registers_demands (
  id           TEXT PRIMARY KEY,
  number       INTEGER NOT NULL UNIQUE,
  received_on  TEXT NOT NULL, -- day
  sender       TEXT NOT NULL, -- kind
  country      TEXT NOT NULL,
  reference    TEXT NOT NULL, -- the sender's file number
  scope        TEXT NOT NULL,
  people       INTEGER NOT NULL,
  outcome      TEXT NOT NULL,
  answered_on  TEXT NOT NULL,
  told         TEXT NOT NULL,
  gagged_until TEXT NOT NULL,
  note         TEXT NOT NULL,
  entered_by   TEXT NOT NULL,
  entered_at   TIMESTAMPTZ NOT NULL,
  changed_by   TEXT NOT NULL,
  changed_at   TIMESTAMPTZ NOT NULL,
  confirmed_by TEXT NOT NULL,
  confirmed_at TIMESTAMPTZ,
  version      INTEGER NOT NULL
);
CREATE TABLE registers_parties (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  name       TEXT NOT NULL,
  does       TEXT NOT NULL,
  data       TEXT NOT NULL,
  country    TEXT NOT NULL,
  terms      TEXT NOT NULL,
  sites      INTEGER NOT NULL,
  began_on   TEXT NOT NULL,
  ended_on   TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at TIMESTAMPTZ NOT NULL,
  version    INTEGER NOT NULL
);
-- every state a party's entry has had; only added to
CREATE TABLE registers_versions (
  id       TEXT PRIMARY KEY,
  party_id TEXT NOT NULL,
  version  INTEGER NOT NULL,
  state    TEXT NOT NULL, -- JSON
  at       TIMESTAMPTZ NOT NULL
);
CREATE INDEX registers_versions_party ON registers_versions (party_id, version);

-- +goose Down
DROP TABLE registers_versions;
DROP TABLE registers_parties;
DROP TABLE registers_demands;
DROP TABLE answers_steps;
DROP TABLE answers_said;
DROP TABLE refusals_search;
DROP TABLE refusals_turns;
DROP TABLE refusals_results;
