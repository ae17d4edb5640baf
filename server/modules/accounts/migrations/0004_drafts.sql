-- A version never comes again, also not after a draft was discarded and begun anew under the same key.
CREATE SEQUENCE accounts.draft_versions;

CREATE TABLE accounts.drafts (
  user_id bigint NOT NULL REFERENCES accounts.users ON DELETE CASCADE,
  key text NOT NULL CHECK (key ~ '^[a-z]+:[A-Za-z0-9:_-]{1,80}$'),
  content jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object'),
  version bigint NOT NULL DEFAULT nextval('accounts.draft_versions'),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, key)
);
ALTER SEQUENCE accounts.draft_versions OWNED BY accounts.drafts.version;
CREATE INDEX drafts_updated_at ON accounts.drafts (updated_at);
