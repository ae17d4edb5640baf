-- Work in several steps that finishes or is undone, whatever dies in between.
CREATE TABLE platform.sagas (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  -- Whoever starts it twice names it twice by this, and it is there once.
  key text NOT NULL,
  input jsonb NOT NULL,
  state text NOT NULL DEFAULT 'running'
    CHECK (state IN ('running', 'waiting', 'compensating', 'parked', 'completed', 'compensated', 'cancelled')),
  -- On its way back; a parked saga goes on in this direction.
  is_undoing boolean NOT NULL DEFAULT false,
  is_cancelled boolean NOT NULL DEFAULT false,
  -- The step that it is at.
  position integer NOT NULL DEFAULT 0,
  -- Of this step, in this direction.
  failures integer NOT NULL DEFAULT 0,
  wake_at timestamptz,
  error text,
  -- The run that works on it, as long as it says that it lives.
  holder uuid,
  held_until timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz
) WITH (fillfactor = 60);
CREATE UNIQUE INDEX sagas_key ON platform.sagas (name, key);
CREATE INDEX sagas_state ON platform.sagas (state, id DESC);
-- No column that changes from step to step is in an index.
CREATE INDEX sagas_due ON platform.sagas (wake_at)
  WHERE state IN ('running', 'waiting', 'compensating');
-- What is about a person goes with them.
CREATE INDEX sagas_person ON platform.sagas ((input ->> 'user_id'));
CREATE INDEX sagas_ended ON platform.sagas (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE platform.saga_steps (
  saga_id bigint NOT NULL REFERENCES platform.sagas ON DELETE CASCADE,
  position integer NOT NULL,
  name text NOT NULL,
  -- An intended step may have happened or not; a refused one did not.
  state text NOT NULL CHECK (state IN ('intended', 'done', 'refused', 'undoing', 'undone')),
  attempts integer NOT NULL DEFAULT 0,
  result jsonb,
  error text,
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  PRIMARY KEY (saga_id, position)
) WITH (fillfactor = 60);

-- The outcome of a step and the intent of the next, for the run that holds the saga; false when it does not any more.
-- Functions, since their plans are kept: planned anew at each step, this takes longer than it runs.
CREATE FUNCTION platform.advance_saga(
  saga bigint, run uuid, new_state text, new_position integer, new_failures integer, wake timestamptz,
  keeps_error boolean, new_error text, held_seconds integer,
  left_position integer, left_state text, left_result jsonb, left_error text,
  next_name text, next_state text, next_attempts integer
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  is_over boolean := new_state IN ('completed', 'compensated', 'cancelled');
BEGIN
  UPDATE platform.sagas s SET state = new_state, position = new_position, failures = new_failures, wake_at = wake,
    error = CASE WHEN keeps_error THEN s.error ELSE new_error END,
    is_undoing = CASE WHEN new_state = 'parked' THEN s.is_undoing
      ELSE new_state IN ('compensating', 'compensated', 'cancelled') END,
    updated_at = now(), ended_at = CASE WHEN is_over THEN now() END,
    holder = CASE WHEN held_seconds > 0 THEN s.holder END,
    held_until = CASE WHEN held_seconds > 0 THEN now() + make_interval(secs => held_seconds) END
  WHERE s.id = saga AND s.holder = run;
  IF NOT FOUND THEN RETURN false; END IF;
  IF left_position IS NOT NULL THEN
    UPDATE platform.saga_steps t SET state = left_state, error = left_error, result = coalesce(left_result, t.result),
      ended_at = CASE WHEN left_state NOT IN ('intended', 'undoing') THEN now() END
    WHERE t.saga_id = saga AND t.position = left_position;
  END IF;
  IF next_state = 'intended' THEN
    INSERT INTO platform.saga_steps (saga_id, position, name, state, attempts)
    VALUES (saga, new_position, next_name, next_state, next_attempts)
    ON CONFLICT (saga_id, position) DO UPDATE
    SET state = excluded.state, attempts = excluded.attempts, ended_at = NULL;
  ELSIF next_state IS NOT NULL THEN
    UPDATE platform.saga_steps t SET state = next_state, attempts = next_attempts, ended_at = NULL
    WHERE t.saga_id = saga AND t.position = new_position;
  END IF;
  RETURN true;
END $$;
