-- +goose Up
-- Keys live in a database of their own from here on (migrations/keys); the rows of
-- vault_keys move there at the next start, and the table stays empty.
ALTER TABLE vault_items DROP CONSTRAINT vault_items_person_purpose_fkey;
ALTER TABLE vault_items ADD COLUMN key_id TEXT NOT NULL DEFAULT ''; -- in the key store
ALTER TABLE vault_items ALTER COLUMN key_id DROP DEFAULT;
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
