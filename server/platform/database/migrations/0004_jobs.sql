-- The order of events: each draws the next number while its transaction holds a lock on the entity.
CREATE SEQUENCE platform.event_order;

-- When the next run of a queue with a rate may begin, for all processes together.
CREATE TABLE platform.job_rates (
  queue text PRIMARY KEY,
  next_at timestamptz NOT NULL
);
