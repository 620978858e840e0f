-- +goose Up
-- each notice text that was ever answered, under the hash that consents keep
CREATE TABLE privacy_notices (
  text_hash TEXT PRIMARY KEY,
  purpose   TEXT NOT NULL,
  version   TEXT NOT NULL,
  language  TEXT NOT NULL,
  text      TEXT NOT NULL,
  first_at  DATETIME NOT NULL
);

-- answers are only added; the one with the highest seq holds
CREATE TABLE privacy_consents (
  seq            INTEGER PRIMARY KEY AUTOINCREMENT,
  id             TEXT NOT NULL UNIQUE,
  person         TEXT NOT NULL,
  purpose        TEXT NOT NULL,
  notice_version TEXT NOT NULL,
  language       TEXT NOT NULL,
  text_hash      TEXT NOT NULL REFERENCES privacy_notices (text_hash),
  answer         TEXT NOT NULL CHECK (answer IN ('given', 'declined', 'withdrawn')),
  at             DATETIME NOT NULL
);
CREATE INDEX privacy_consents_person ON privacy_consents (person, purpose, seq);

-- +goose Down
DROP TABLE privacy_consents;
DROP TABLE privacy_notices;
