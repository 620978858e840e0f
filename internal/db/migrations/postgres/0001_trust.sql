-- +goose Up
CREATE TABLE audit_entries (
  idx        BIGINT PRIMARY KEY,
  at_us      BIGINT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id   TEXT NOT NULL,
  actor_role TEXT NOT NULL,
  action     TEXT NOT NULL,
  subject    TEXT NOT NULL,
  person     TEXT NOT NULL,
  purpose    TEXT NOT NULL,
  reason     TEXT NOT NULL,
  details    TEXT NOT NULL
);
CREATE INDEX audit_entries_subject ON audit_entries (subject, idx);
CREATE INDEX audit_entries_person ON audit_entries (person, idx);
CREATE INDEX audit_entries_action ON audit_entries (action, idx);
CREATE INDEX audit_entries_actor ON audit_entries (actor_id, idx);

CREATE TABLE audit_hashes (
  idx  BIGINT PRIMARY KEY,
  hash BYTEA NOT NULL
);

-- one row: the signed head of the log
CREATE TABLE audit_head (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  size     BIGINT NOT NULL,
  note     TEXT NOT NULL,
  verifier TEXT NOT NULL
);
INSERT INTO audit_head (id, size, note, verifier) VALUES (1, 0, '', '');

-- +goose StatementBegin
CREATE FUNCTION audit_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the audit log is append-only'; END;
$$ LANGUAGE plpgsql;
-- +goose StatementEnd
CREATE TRIGGER audit_entries_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();

-- one key per person and purpose, wrapped by the master key that master_id names
CREATE TABLE vault_keys (
  person     TEXT NOT NULL,
  purpose    TEXT NOT NULL,
  wrapped    BYTEA NOT NULL,
  master_id  TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (person, purpose)
);
CREATE INDEX vault_keys_master ON vault_keys (master_id);

-- nothing can be sealed without its key, and nothing outlives it
CREATE TABLE vault_items (
  id          TEXT PRIMARY KEY,
  person      TEXT NOT NULL,
  purpose     TEXT NOT NULL,
  slot_table  TEXT NOT NULL,
  slot_row    TEXT NOT NULL,
  slot_column TEXT NOT NULL,
  mime        TEXT NOT NULL,
  size        BIGINT NOT NULL,
  keep_until  TIMESTAMPTZ NOT NULL,
  created_at  TIMESTAMPTZ NOT NULL,
  ciphertext  BYTEA NOT NULL,
  FOREIGN KEY (person, purpose) REFERENCES vault_keys (person, purpose) ON DELETE CASCADE
);
CREATE INDEX vault_items_person ON vault_items (person, purpose);
CREATE INDEX vault_items_keep ON vault_items (keep_until);

CREATE TABLE jobs (
  id           TEXT PRIMARY KEY,
  kind         TEXT NOT NULL,
  payload      TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('ready', 'running', 'done', 'dead')),
  run_at       TIMESTAMPTZ NOT NULL,
  attempts     INTEGER NOT NULL,
  max_attempts INTEGER NOT NULL,
  owner        TEXT NOT NULL,
  lease_till   TIMESTAMPTZ,
  unique_key   TEXT UNIQUE,
  last_error   TEXT NOT NULL,
  created_at   TIMESTAMPTZ NOT NULL,
  finished_at  TIMESTAMPTZ
);
CREATE INDEX jobs_due ON jobs (state, run_at);

CREATE TABLE mail_outbox (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  person     TEXT NOT NULL,
  recipient  TEXT NOT NULL,
  subject    TEXT NOT NULL,
  body       TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'caught')),
  created_at TIMESTAMPTZ NOT NULL,
  sent_at    TIMESTAMPTZ
);
CREATE INDEX mail_outbox_created ON mail_outbox (created_at);
CREATE INDEX mail_outbox_person ON mail_outbox (person);

-- counters of ratelimit; the key is a keyed hash, never an address in clear
CREATE TABLE rate_counters (
  key_hash   TEXT PRIMARY KEY,
  hits       INTEGER NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX rate_counters_expiry ON rate_counters (expires_at);

-- +goose Down
DROP TABLE rate_counters;
DROP TABLE mail_outbox;
DROP TABLE jobs;
DROP TABLE vault_items;
DROP TABLE vault_keys;
DROP TABLE audit_head;
DROP TABLE audit_hashes;
DROP TABLE audit_entries;
DROP FUNCTION audit_append_only;
