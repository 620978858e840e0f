-- +goose Up
-- Rows here make a database a demo marketplace; a real one has none.
CREATE TABLE demo_people (
  position  INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL CHECK (kind IN ('staff', 'seller')),
  holder_id TEXT NOT NULL UNIQUE,
  label     TEXT NOT NULL,
  about     TEXT NOT NULL
);

-- +goose Down
DROP TABLE demo_people;
