-- Places that a member's plan has for projects that are begun together with others: reserved before the project is
-- created, its own afterwards.
CREATE TABLE projects.plan_seats (
  key text PRIMARY KEY,
  owner_id bigint NOT NULL,
  project_id bigint UNIQUE REFERENCES projects.projects ON DELETE CASCADE,
  reserved_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX plan_seats_owner ON projects.plan_seats (owner_id);
