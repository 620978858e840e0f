-- +goose Up
-- who is signed in; the secret itself is only in the browser
CREATE TABLE sessions (
  id         TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL CHECK (kind IN ('seller', 'staff')),
  holder     TEXT NOT NULL,
  method     TEXT NOT NULL,
  browser    TEXT NOT NULL,
  system     TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  seen_at    TIMESTAMPTZ NOT NULL
);
CREATE INDEX sessions_holder ON sessions (kind, holder);
CREATE INDEX sessions_created ON sessions (created_at);

-- values that wait a few minutes for the second half of a ceremony
CREATE TABLE session_pending (
  token_hash TEXT PRIMARY KEY,
  topic      TEXT NOT NULL,
  value      BYTEA NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX session_pending_expires ON session_pending (expires_at);

CREATE TABLE passkeys (
  id              TEXT PRIMARY KEY,
  kind            TEXT NOT NULL CHECK (kind IN ('seller', 'staff')),
  holder          TEXT NOT NULL,
  credential      BYTEA NOT NULL UNIQUE,
  public_key      BYTEA NOT NULL,
  sign_count      BIGINT NOT NULL,
  backup_eligible BOOLEAN NOT NULL,
  backed_up       BOOLEAN NOT NULL,
  transports      TEXT NOT NULL,
  name            TEXT NOT NULL,
  created_at      TIMESTAMPTZ NOT NULL,
  used_at         TIMESTAMPTZ
);
CREATE INDEX passkeys_holder ON passkeys (kind, holder);

CREATE TABLE staff_members (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  email      TEXT NOT NULL,
  roles      TEXT NOT NULL, -- comma-separated, sorted
  state      TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
  created_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX staff_members_email ON staff_members (email) WHERE email <> '';

-- links that lead to registering a passkey: at joining, or after a recovery code
CREATE TABLE staff_invites (
  token_hash TEXT PRIMARY KEY,
  member     TEXT NOT NULL REFERENCES staff_members (id),
  purpose    TEXT NOT NULL CHECK (purpose IN ('join', 'recover')),
  expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX staff_invites_member ON staff_invites (member);

CREATE TABLE staff_codes (
  code_hash TEXT PRIMARY KEY,
  member    TEXT NOT NULL REFERENCES staff_members (id)
);
CREATE INDEX staff_codes_member ON staff_codes (member);

CREATE TABLE accounts (
  id         TEXT PRIMARY KEY,
  email      TEXT NOT NULL UNIQUE,
  created_at TIMESTAMPTZ NOT NULL
);

-- mail links: sign-in (account empty: made on first use) and change of address
CREATE TABLE account_links (
  token_hash TEXT PRIMARY KEY,
  purpose    TEXT NOT NULL CHECK (purpose IN ('sign-in', 'change')),
  email      TEXT NOT NULL,
  account    TEXT NOT NULL,
  next       TEXT NOT NULL, -- the page they were on their way to
  expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX account_links_email ON account_links (email);
CREATE INDEX account_links_account ON account_links (account);
CREATE INDEX account_links_expires ON account_links (expires_at);

-- +goose Down
DROP TABLE account_links;
DROP TABLE accounts;
DROP TABLE staff_codes;
DROP TABLE staff_invites;
DROP TABLE staff_members;
DROP TABLE passkeys;
DROP TABLE session_pending;
DROP TABLE sessions;
