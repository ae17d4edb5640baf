-- What open pages are told. A member's entries are numbered without gaps, in the order of their commits: each draws the
-- next number while it holds the member's row of heads.
CREATE TABLE platform.stream_heads (
  user_id bigint PRIMARY KEY,
  last bigint NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE platform.stream_entries (
  user_id bigint NOT NULL,
  position bigint NOT NULL,
  type text NOT NULL,
  data jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, position)
);
CREATE INDEX stream_entries_created ON platform.stream_entries USING brin (created_at);
