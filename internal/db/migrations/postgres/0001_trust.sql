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

-- +goose Down
DROP TABLE audit_head;
DROP TABLE audit_hashes;
DROP TABLE audit_entries;
DROP FUNCTION audit_append_only;
