-- +goose Up
-- Every erasure, asked for or by the clock. The person is blanked once everything
-- of them is gone; what is left says that something was erased, and points at its receipt.
CREATE TABLE privacy_erasures (
  id         TEXT PRIMARY KEY,
  person     TEXT NOT NULL,
  purpose    TEXT NOT NULL, -- '' for everything
  occasion   TEXT NOT NULL CHECK (occasion IN ('asked', 'expired')),
  state      TEXT NOT NULL CHECK (state IN ('asked', 'held', 'keys-destroyed', 'removed', 'done')),
  asked_at   TIMESTAMPTZ NOT NULL,
  held_until TIMESTAMPTZ,
  keys       TEXT NOT NULL, -- JSON: the keys that were destroyed
  receipt_id TEXT NOT NULL,
  done_at    TIMESTAMPTZ
);
CREATE INDEX privacy_erasures_person ON privacy_erasures (person, asked_at);
CREATE INDEX privacy_erasures_state ON privacy_erasures (state);

-- Receipts hold ids of what is gone, hashes, counts and times; nobody is named.
CREATE TABLE privacy_receipts (
  id         TEXT PRIMARY KEY,
  erasure_id TEXT NOT NULL,
  body       TEXT NOT NULL,
  file       TEXT NOT NULL, -- signed, with its place in the log; '' for the moment until then
  at         TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX privacy_receipts_erasure ON privacy_receipts (erasure_id);

-- Legal holds: proposed by one, confirmed by another, with an end.
CREATE TABLE privacy_holds (
  id           TEXT PRIMARY KEY,
  person       TEXT NOT NULL,
  purpose      TEXT NOT NULL, -- '' for everything but what is measured of a body
  reason       TEXT NOT NULL,
  until        TIMESTAMPTZ NOT NULL,
  proposed_by  TEXT NOT NULL,
  proposed_at  TIMESTAMPTZ NOT NULL,
  confirmed_by TEXT NOT NULL,
  confirmed_at TIMESTAMPTZ,
  lifted_by    TEXT NOT NULL,
  lifted_at    TIMESTAMPTZ,
  CHECK (proposed_by <> '' AND proposed_by <> confirmed_by)
);
CREATE INDEX privacy_holds_person ON privacy_holds (person);
CREATE INDEX privacy_holds_until ON privacy_holds (until);

-- What the law makes us keep of a seller who has left, under an id of its own;
-- name, address and decision are sealed in the item.
CREATE TABLE sellers_traders (
  id          TEXT PRIMARY KEY,
  item        TEXT NOT NULL,
  country     TEXT NOT NULL,
  approved_at TIMESTAMPTZ NOT NULL,
  ended_at    TIMESTAMPTZ NOT NULL,
  keep_until  TIMESTAMPTZ NOT NULL,
  receipt_id  TEXT NOT NULL
);
CREATE INDEX sellers_traders_keep ON sellers_traders (keep_until);

-- +goose Down
DROP TABLE sellers_traders;
DROP TABLE privacy_holds;
DROP TABLE privacy_receipts;
DROP TABLE privacy_erasures;
