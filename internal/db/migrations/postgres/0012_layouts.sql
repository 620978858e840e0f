-- +goose Up
-- Where the print of an issuer's documents stands; set up by administrators, about nobody.
CREATE TABLE sellers_layouts (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  format     TEXT NOT NULL, -- of the machine-readable zone
  issuer     TEXT NOT NULL, -- as the zone has it; '' for any
  regions    TEXT NOT NULL, -- JSON, shares of the page
  version    INTEGER NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at TIMESTAMPTZ NOT NULL
);
INSERT INTO sellers_layouts (id, name, format, issuer, regions, version, changed_by, changed_at) VALUES
  ('lay_utopia', 'Passport of Utopia (specimen)', 'TD3', 'UTO', '[{"Part":"family-name","X":0.342,"Y":0.264,"W":0.645,"H":0.039},{"Part":"given-names","X":0.342,"Y":0.352,"W":0.645,"H":0.039},{"Part":"birth-date","X":0.342,"Y":0.53,"W":0.3,"H":0.039},{"Part":"number","X":0.688,"Y":0.175,"W":0.3,"H":0.039},{"Part":"expiry","X":0.688,"Y":0.618,"W":0.3,"H":0.039},{"Part":"portrait","X":0.04,"Y":0.17,"W":0.283,"H":0.512},{"Part":"signature","X":0.04,"Y":0.69,"W":0.29,"H":0.06}]', 1, '', '2026-11-21 00:00:00+00:00');

-- +goose Down
DROP TABLE sellers_layouts;
