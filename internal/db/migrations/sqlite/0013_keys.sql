-- +goose Up
-- Keys live in a database of their own from here on (migrations/keys); the rows of
-- vault_keys move there at the next start, and the table stays empty.
CREATE TABLE vault_items_next (
  id          TEXT PRIMARY KEY,
  person      TEXT NOT NULL,
  purpose     TEXT NOT NULL,
  key_id      TEXT NOT NULL, -- in the key store
  slot_table  TEXT NOT NULL,
  slot_row    TEXT NOT NULL,
  slot_column TEXT NOT NULL,
  mime        TEXT NOT NULL,
  size        INTEGER NOT NULL,
  keep_until  DATETIME NOT NULL,
  created_at  DATETIME NOT NULL,
  ciphertext  BLOB NOT NULL
);
INSERT INTO vault_items_next
  SELECT id, person, purpose, '', slot_table, slot_row, slot_column, mime, size, keep_until, created_at, ciphertext FROM vault_items;
DROP TABLE vault_items;
ALTER TABLE vault_items_next RENAME TO vault_items;
CREATE INDEX vault_items_person ON vault_items (person, purpose);
CREATE INDEX vault_items_keep ON vault_items (keep_until);
CREATE INDEX vault_items_key ON vault_items (key_id);

-- the key store that belongs to this database
CREATE TABLE vault_key_store (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id  TEXT NOT NULL
);

-- +goose Down
-- Items stay; without the key store nobody opens them.
DROP TABLE vault_key_store;
DROP INDEX vault_items_key;
ALTER TABLE vault_items DROP COLUMN key_id;
