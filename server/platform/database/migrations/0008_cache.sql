-- What was changed, by the tags of what is cached of it: read by the transactions that one has not seen, never by order of arrival.
CREATE TABLE platform.cache_changes (
  tag text NOT NULL,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tag, xid)
);

CREATE INDEX cache_changes_xid ON platform.cache_changes (xid);
