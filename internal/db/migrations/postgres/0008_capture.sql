-- +goose Up
ALTER TABLE sellers_captures ADD COLUMN session_id TEXT NOT NULL DEFAULT '';   -- of the browser that may answer
ALTER TABLE sellers_captures ADD COLUMN verdict_item TEXT NOT NULL DEFAULT ''; -- sealed: what each test found
ALTER TABLE sellers_captures ADD COLUMN signals_item TEXT NOT NULL DEFAULT ''; -- sealed: what was measured, to judge it again

-- the prompts of a running capture as they were told, and the pictures that
-- were promised by then; gone when the capture is finished
CREATE TABLE sellers_capture_steps (
  capture_id TEXT NOT NULL REFERENCES sellers_captures (id) ON DELETE CASCADE,
  account_id TEXT NOT NULL,
  step       INTEGER NOT NULL,
  at         TIMESTAMPTZ NOT NULL,
  hashes     TEXT NOT NULL, -- SHA-256 of the pictures taken since the step before, in hexadecimal
  PRIMARY KEY (capture_id, step)
);
CREATE INDEX sellers_capture_steps_at ON sellers_capture_steps (at);

-- how light and dark lie in the pictures of an accepted capture, to notice a
-- film that is played twice; gone with the pictures
CREATE TABLE sellers_capture_prints (
  capture_id TEXT PRIMARY KEY REFERENCES sellers_captures (id) ON DELETE CASCADE,
  account_id TEXT NOT NULL,
  prints     TEXT NOT NULL,
  at         TIMESTAMPTZ NOT NULL
);

-- +goose Down
DROP TABLE sellers_capture_prints;
DROP TABLE sellers_capture_steps;
ALTER TABLE sellers_captures DROP COLUMN signals_item;
ALTER TABLE sellers_captures DROP COLUMN verdict_item;
ALTER TABLE sellers_captures DROP COLUMN session_id;
