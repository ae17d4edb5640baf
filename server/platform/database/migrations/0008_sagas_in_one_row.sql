-- A saga is one row, which is its place in the queue as well: one hold on it, and one write for each step.
ALTER TABLE platform.sagas
  -- Those that were reached, by position: name, state, attempts, result, error, started_at, ended_at. An intended one
  -- may have happened or not, unless it is local; a refused one did not.
  ADD COLUMN steps jsonb NOT NULL DEFAULT '[]',
  -- When there is something to do, whether a run holds it or not. It is the only time in an index, and a run that goes on
  -- from step to step leaves it alone.
  ADD COLUMN due_at timestamptz,
  -- Of whoever started it.
  ADD COLUMN traceparent text;

UPDATE platform.sagas s SET
  steps = (SELECT coalesce(jsonb_agg(jsonb_build_object('name', t.name, 'state', t.state, 'attempts', t.attempts,
      'result', t.result, 'error', t.error,
      'started_at', to_char(t.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'ended_at', to_char(t.ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY t.position), '[]')
    FROM platform.saga_steps t WHERE t.saga_id = s.id),
  due_at = CASE WHEN s.state IN ('running', 'waiting', 'compensating') THEN coalesce(s.wake_at, now()) END;

DROP FUNCTION platform.advance_saga;
DROP TABLE platform.saga_steps;
-- With it goes its index.
ALTER TABLE platform.sagas DROP COLUMN wake_at;
-- A type instead of a constraint, which is read and understood anew by every statement that writes.
CREATE TYPE platform.saga_state AS ENUM
  ('running', 'waiting', 'compensating', 'parked', 'completed', 'compensated', 'cancelled');
ALTER TABLE platform.sagas DROP CONSTRAINT sagas_state_check, ALTER COLUMN state DROP DEFAULT;
ALTER TABLE platform.sagas ALTER COLUMN state TYPE platform.saga_state USING state::platform.saga_state;
CREATE INDEX sagas_due ON platform.sagas (split_part(name, '.', 1), due_at) WHERE due_at IS NOT NULL;
DROP INDEX platform.sagas_person;
CREATE INDEX sagas_person ON platform.sagas ((input ->> 'user_id')) WHERE input ->> 'user_id' IS NOT NULL;
ALTER TABLE platform.sagas SET (
  autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0,
  autovacuum_analyze_scale_factor = 0.05, autovacuum_analyze_threshold = 1000
);

-- Sagas have no jobs any more.
DO $$ BEGIN
  IF to_regclass('pgboss.job') IS NOT NULL THEN
    DELETE FROM pgboss.job WHERE name LIKE '%/sagas' OR name = 'platform.wake_sagas';
  END IF;
END $$;

-- Takes those of a module that are due and that nobody works on, the one that waits longest first, and counts a try of
-- their steps. Read in the order of the index: planned for an empty table, it would sort a whole backlog each time.
CREATE FUNCTION platform.claim_sagas(of_module text, names text[], run uuid, held_for interval, most integer)
RETURNS SETOF platform.sagas LANGUAGE plpgsql
SET enable_sort = off SET enable_bitmapscan = off SET enable_seqscan = off AS $$
BEGIN
  RETURN QUERY
  UPDATE platform.sagas s SET holder = run, held_until = now() + held_for,
    state = CASE WHEN s.is_undoing THEN 'compensating' ELSE 'running' END::platform.saga_state,
    steps = jsonb_set(s.steps, ARRAY[s.position::text, 'attempts'],
      to_jsonb((s.steps -> s.position ->> 'attempts')::integer + 1))
  WHERE s.id = ANY (ARRAY(
    SELECT d.id FROM platform.sagas d
    WHERE split_part(d.name, '.', 1) = of_module AND d.due_at <= now() AND d.name = ANY (names)
      AND (d.held_until IS NULL OR d.held_until <= now())
    ORDER BY d.due_at LIMIT most FOR UPDATE SKIP LOCKED))
  RETURNING s.*;
END $$;
