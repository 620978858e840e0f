-- +goose Up
-- The name of this key store. The main database notes it at their first start
-- together, so that neither is ever used with the wrong other.
CREATE TABLE key_store (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id  TEXT NOT NULL
);

-- one key in use per person and purpose, wrapped by the master key that master_id names
CREATE TABLE keys (
  id           TEXT PRIMARY KEY,
  person       TEXT NOT NULL,
  purpose      TEXT NOT NULL,
  wrapped      BYTEA NOT NULL,   -- empty once destroyed: what is left says that there was a key, and until when
  master_id    TEXT NOT NULL,   -- '' once destroyed
  sealed       BIGINT NOT NULL, -- never fewer than the messages it has sealed
  created_at   TIMESTAMPTZ NOT NULL,
  retired_at   TIMESTAMPTZ,        -- opens, but seals nothing more
  destroyed_at TIMESTAMPTZ,
  CHECK ((destroyed_at IS NULL) = (length(wrapped) > 0))
);
CREATE UNIQUE INDEX keys_in_use ON keys (person, purpose) WHERE retired_at IS NULL AND destroyed_at IS NULL;
CREATE INDEX keys_person ON keys (person, purpose);
CREATE INDEX keys_master ON keys (master_id);

-- other secrets of the program, such as the one that signs the audit log
CREATE TABLE secrets (
  label     TEXT PRIMARY KEY,
  wrapped   BYTEA NOT NULL,
  master_id TEXT NOT NULL
);

-- +goose Down
DROP TABLE secrets;
DROP TABLE keys;
DROP TABLE key_store;
