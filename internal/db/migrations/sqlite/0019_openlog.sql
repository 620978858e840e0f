-- +goose Up
-- an entry is looked for by the hash of its leaf
CREATE INDEX audit_hashes_hash ON audit_hashes (hash);

-- signed heads that were published; the note is the checkpoint
CREATE TABLE audit_checkpoints (
  size         BIGINT PRIMARY KEY,
  note         TEXT NOT NULL,
  why          TEXT NOT NULL CHECK (why IN ('daily', 'asked', 'witnessed')),
  published_at DATETIME NOT NULL
);

-- who watches the log: a key that may cosign, an address that checkpoints are mailed to, or both
CREATE TABLE audit_witnesses (
  id       TEXT PRIMARY KEY,
  name     TEXT NOT NULL,
  verifier TEXT NOT NULL,
  email    TEXT NOT NULL,
  added_at DATETIME NOT NULL,
  ended_at DATETIME
);
CREATE UNIQUE INDEX audit_witnesses_verifier ON audit_witnesses (verifier) WHERE verifier <> '' AND ended_at IS NULL;

CREATE TABLE audit_cosignatures (
  witness     TEXT NOT NULL REFERENCES audit_witnesses (id),
  size        BIGINT NOT NULL REFERENCES audit_checkpoints (size),
  line        TEXT NOT NULL,
  signed_at   DATETIME NOT NULL,
  received_at DATETIME NOT NULL,
  PRIMARY KEY (witness, size)
);
CREATE INDEX audit_cosignatures_size ON audit_cosignatures (size);

-- checks of the whole log that people asked for
CREATE TABLE audit_checks (
  id       TEXT PRIMARY KEY,
  asked_by TEXT NOT NULL,
  state    TEXT NOT NULL CHECK (state IN ('waiting', 'holds', 'broken', 'failed')),
  entries  BIGINT NOT NULL,
  root     TEXT NOT NULL,
  fault    TEXT NOT NULL,
  bad      BIGINT NOT NULL,
  asked_at DATETIME NOT NULL,
  ended_at DATETIME
);
CREATE INDEX audit_checks_asked ON audit_checks (asked_at);

-- +goose Down
DROP TABLE audit_checks;
DROP TABLE audit_cosignatures;
DROP TABLE audit_witnesses;
DROP TABLE audit_checkpoints;
DROP INDEX audit_hashes_hash;
