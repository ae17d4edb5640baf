-- The answer to a POST that created something, kept in the transaction of what it created, for whoever sends it again.
CREATE TABLE platform.idempotency_keys (
  user_id bigint NOT NULL,
  key text NOT NULL,
  -- Of method, address and body.
  request_hash text NOT NULL,
  -- json, not jsonb: the first answer is given again as it was.
  answer json NOT NULL,
  kept_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_keys_kept_at ON platform.idempotency_keys (kept_at);
