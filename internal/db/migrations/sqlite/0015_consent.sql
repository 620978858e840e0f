-- +goose Up
ALTER TABLE privacy_consents ADD COLUMN modality TEXT NOT NULL DEFAULT ''; -- what of the person the answer is about
UPDATE privacy_consents SET modality = 'face' WHERE purpose = 'face-match';
UPDATE privacy_consents SET modality = 'document' WHERE purpose = 'identity-documents';

-- pictures of a face that the person lets us keep longer for a dispute: copies
-- under a key of their own
CREATE TABLE sellers_kept_frames (
  id             TEXT PRIMARY KEY,
  application_id TEXT NOT NULL REFERENCES sellers_applications (id) ON DELETE CASCADE,
  account_id     TEXT NOT NULL,
  capture_id     TEXT NOT NULL,
  frame_id       TEXT NOT NULL, -- the evidence it is a copy of
  offset_ms      INTEGER NOT NULL,
  round          INTEGER NOT NULL,
  width          INTEGER NOT NULL,
  height         INTEGER NOT NULL,
  bytes          INTEGER NOT NULL,
  item           TEXT NOT NULL, -- sealed
  at             DATETIME NOT NULL,
  UNIQUE (application_id, frame_id)
);
CREATE INDEX sellers_kept_frames_account ON sellers_kept_frames (account_id);

-- +goose Down
DROP TABLE sellers_kept_frames;
ALTER TABLE privacy_consents DROP COLUMN modality;
