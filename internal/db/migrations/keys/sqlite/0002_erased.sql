-- +goose Up
-- The last erasure of what was held of a person for a purpose. It is repeated in
-- a main database that does not know it: one that was put back from before.
CREATE TABLE erased (
  person  TEXT NOT NULL,
  purpose TEXT NOT NULL,
  erasure TEXT NOT NULL,
  at      DATETIME NOT NULL,
  PRIMARY KEY (person, purpose)
);

-- +goose Down
DROP TABLE erased;
