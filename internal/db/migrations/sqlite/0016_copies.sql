-- +goose Up
-- The copy of everything held about a person, while it waits for them: one each. What it consists of is sealed
-- in parts under a key of its own, which goes when the copy goes.
CREATE TABLE copies (
  id         TEXT PRIMARY KEY,
  person     TEXT NOT NULL UNIQUE,
  state      TEXT NOT NULL CHECK (state IN ('waiting','making','ready','failed','ending')),
  run        TEXT NOT NULL,   -- the attempt that writes it; an older one stops
  total      INTEGER NOT NULL, -- sealed items that go into it
  done       INTEGER NOT NULL,
  bytes      BIGINT NOT NULL,  -- of the ZIP file so far
  asked_at   DATETIME NOT NULL,
  ready_at   DATETIME,
  expires_at DATETIME NOT NULL
);

CREATE TABLE copies_parts (
  copy_id TEXT NOT NULL REFERENCES copies (id) ON DELETE CASCADE,
  number  INTEGER NOT NULL,
  item    TEXT NOT NULL, -- sealed
  bytes   INTEGER NOT NULL,
  PRIMARY KEY (copy_id, number)
);

-- +goose Down
DROP TABLE copies_parts;
DROP TABLE copies;
