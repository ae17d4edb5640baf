-- What a CDN is still to be told: public answers with this surrogate key have become old.
CREATE TABLE platform.cdn_purges (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  surrogate_key text NOT NULL,
  due_at timestamptz NOT NULL
);
CREATE INDEX cdn_purges_due ON platform.cdn_purges (due_at);
