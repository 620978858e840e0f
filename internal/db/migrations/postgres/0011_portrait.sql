-- +goose Up
ALTER TABLE sellers_evidence ADD COLUMN portrait_item TEXT NOT NULL DEFAULT ''; -- sealed for the face match: the portrait cut from a document

-- +goose Down
ALTER TABLE sellers_evidence DROP COLUMN portrait_item;
