-- +goose Up
-- The list and its figures look at applications that were sent, never at drafts:
-- with drafts left out of the index they are counted without reading a row.
DROP INDEX sellers_applications_due;
CREATE INDEX sellers_applications_due ON sellers_applications (state, due_at, number) WHERE round > 0;
CREATE INDEX sellers_applications_appealed ON sellers_applications (state) WHERE appealed;

-- +goose Down
DROP INDEX sellers_applications_appealed;
DROP INDEX sellers_applications_due;
CREATE INDEX sellers_applications_due ON sellers_applications (state, due_at, number);
