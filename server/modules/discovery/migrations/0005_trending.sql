-- What is trending is read from this table alone: of every project how many asked to join, and since when it is open.
ALTER TABLE discovery.request_counts ALTER COLUMN requests SET DEFAULT 0;
ALTER TABLE discovery.request_counts ADD COLUMN created_at timestamptz;
ALTER TABLE discovery.request_counts ADD COLUMN is_open boolean NOT NULL DEFAULT false;

-- Each day has its projects in their order, so that the first of some days are the first of the first of each.
CREATE INDEX request_counts_trending ON discovery.request_counts
  (((created_at AT TIME ZONE 'UTC')::date), requests DESC, created_at DESC, project_id DESC) WHERE is_open;

-- Whoever writes documents: the row lock makes them and those who count requests queue up.
CREATE FUNCTION discovery.follow_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO discovery.request_counts AS r (project_id, created_at, is_open)
  SELECT project_id, created_at, status = 'open' AND owner_is_active FROM written ORDER BY project_id
  ON CONFLICT (project_id) DO UPDATE SET created_at = excluded.created_at, is_open = excluded.is_open
    WHERE (r.created_at, r.is_open) IS DISTINCT FROM (excluded.created_at, excluded.is_open);
  RETURN NULL;
END $$;
CREATE TRIGGER trending_after_insert AFTER INSERT ON discovery.project_documents
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION discovery.follow_documents();
CREATE TRIGGER trending_after_update AFTER UPDATE ON discovery.project_documents
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION discovery.follow_documents();

INSERT INTO discovery.request_counts AS r (project_id, created_at, is_open)
SELECT project_id, created_at, status = 'open' AND owner_is_active FROM discovery.project_documents
ON CONFLICT (project_id) DO UPDATE SET created_at = excluded.created_at, is_open = excluded.is_open;
