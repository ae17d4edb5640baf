-- Work in several steps that finishes or is undone, whatever dies in between.
-- A type instead of a constraint, which is read and understood anew by every statement that writes.
CREATE TYPE platform.saga_state AS ENUM
  ('running', 'waiting', 'compensating', 'parked', 'completed', 'compensated', 'cancelled');

-- One row, which is its place in the queue as well: one hold on it, and one write for each step.
CREATE TABLE platform.sagas (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  -- Whoever starts it twice names it twice by this, and it is there once.
  key text NOT NULL,
  input jsonb NOT NULL,
  state platform.saga_state NOT NULL,
  -- On its way back; a parked saga goes on in this direction.
  is_undoing boolean NOT NULL DEFAULT false,
  is_cancelled boolean NOT NULL DEFAULT false,
  -- The step that it is at.
  position integer NOT NULL DEFAULT 0,
  -- Of this step, in this direction.
  failures integer NOT NULL DEFAULT 0,
  -- Those that were reached, by position: name, state, attempts, result, error, started_at, ended_at. An intended one
  -- may have happened or not, unless it is local; a refused one did not.
  steps jsonb NOT NULL,
  -- When there is something to do, whether a run holds it or not. It is the only time in an index, and a run that goes on
  -- from step to step leaves it alone.
  due_at timestamptz,
  error text,
  -- The run that works on it, as long as it says that it lives.
  holder uuid,
  held_until timestamptz,
  -- Of whoever started it.
  traceparent text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz
) WITH (
  fillfactor = 60,
  autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0,
  autovacuum_analyze_scale_factor = 0.05, autovacuum_analyze_threshold = 1000
);
CREATE UNIQUE INDEX sagas_key ON platform.sagas (name, key);
CREATE INDEX sagas_state ON platform.sagas (state, id DESC);
CREATE INDEX sagas_due ON platform.sagas (split_part(name, '.', 1), due_at) WHERE due_at IS NOT NULL;
-- What is about a person goes with them.
CREATE INDEX sagas_person ON platform.sagas ((input ->> 'user_id')) WHERE input ->> 'user_id' IS NOT NULL;
CREATE INDEX sagas_ended ON platform.sagas (ended_at) WHERE ended_at IS NOT NULL;

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
