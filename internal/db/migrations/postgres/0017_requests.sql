-- +goose Up
-- What people ask of the privacy officer. What was written, where to answer and the
-- answer itself are sealed; here stand kinds, ids and dates.
CREATE TABLE requests (
  id           TEXT PRIMARY KEY,
  number       BIGINT NOT NULL UNIQUE,
  person       TEXT NOT NULL, -- account id; '' for a letter of nobody known yet
  kind         TEXT NOT NULL,
  channel      TEXT NOT NULL,
  purpose      TEXT NOT NULL,
  field        TEXT NOT NULL,
  application  TEXT NOT NULL,
  post_only    BOOLEAN NOT NULL, -- a letter without a mail address
  state        TEXT NOT NULL,
  identity_way TEXT NOT NULL,
  identity_at  TIMESTAMPTZ,
  opened_at    TIMESTAMPTZ NOT NULL,
  due_at       TIMESTAMPTZ NOT NULL,
  extended_at  TIMESTAMPTZ,
  answered_at  TIMESTAMPTZ,
  answered_by  TEXT NOT NULL,
  outcome      TEXT NOT NULL,
  template     TEXT NOT NULL,
  erasure      TEXT NOT NULL,
  words_item   TEXT NOT NULL,
  reason_item  TEXT NOT NULL,
  answer_item  TEXT NOT NULL,
  contact_item TEXT NOT NULL, -- where to answer once the account is deleted
  keep_until   TIMESTAMPTZ,
  version      BIGINT NOT NULL
);
CREATE INDEX requests_person ON requests (person, opened_at);
CREATE INDEX requests_due ON requests (state, due_at);

-- How who asked by letter is being recognised: a mailed link, or a posted code.
CREATE TABLE requests_proofs (
  request    TEXT NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
  way        TEXT NOT NULL,
  token_hash TEXT NOT NULL, -- of the link; '' for a code
  code_item  TEXT NOT NULL, -- the sealed code; '' for a link
  tries      INTEGER NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (request, way)
);

CREATE TABLE requests_numbers (id INTEGER PRIMARY KEY, last BIGINT NOT NULL);
INSERT INTO requests_numbers (id, last) VALUES (1, 1000);

-- Wordings of answers that officers changed; about nobody.
CREATE TABLE requests_templates (
  code       TEXT NOT NULL,
  version    INTEGER NOT NULL,
  body       TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (code, version)
);

-- +goose Down
DROP TABLE requests_templates;
DROP TABLE requests_numbers;
DROP TABLE requests_proofs;
DROP TABLE requests;
