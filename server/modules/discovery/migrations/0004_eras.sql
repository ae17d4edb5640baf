-- The eras that a day belongs to, one of each level: itself, and eight, 64, 512 and 4,096 days around it. Every stretch of
-- time is a few of them, and an index finds what has a word in it without reading all that there was in it.
CREATE FUNCTION discovery.eras(day integer) RETURNS integer[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT ARRAY[d, (1 << 20) + (d >> 3), (2 << 20) + (d >> 6), (3 << 20) + (d >> 9), (4 << 20) + (d >> 12)]
  FROM (VALUES (least(greatest(day, 0), 32767))) AS within (d)
$$;

CREATE INDEX project_documents_words ON discovery.project_documents
  USING gin (search, skill_ids, skill_levels, status, discovery.eras(recent_day)) WITH (gin_pending_list_limit = 512);
CREATE INDEX profile_documents_words ON discovery.profile_documents
  USING gin (search, skill_ids, skill_levels, discovery.eras(recent_day)) WITH (gin_pending_list_limit = 512);
DROP INDEX discovery.project_documents_search;
DROP INDEX discovery.profile_documents_search;

-- A search takes one core at a time, however many ask: workers beside it would only wait for each other.
ALTER TABLE discovery.project_documents SET (parallel_workers = 0);
ALTER TABLE discovery.profile_documents SET (parallel_workers = 0);
