CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gin SCHEMA public;

-- What a subscriber has done already: its effect and this row commit together, so the effect happens once.
CREATE TABLE platform.inbox (
  subscriber text NOT NULL,
  event_id uuid NOT NULL,
  handled_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (subscriber, event_id)
);
CREATE INDEX inbox_handled_at ON platform.inbox (handled_at);

-- Sessions that ended before their access tokens do.
CREATE TABLE platform.revoked_sessions (
  session_id bigint PRIMARY KEY,
  forget_after timestamptz NOT NULL
);
CREATE INDEX revoked_sessions_forget_after ON platform.revoked_sessions (forget_after);

-- Where mail goes while no SMTP server is configured; the demo shows it.
CREATE TABLE platform.mailbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  recipient text NOT NULL,
  subject text NOT NULL,
  body_text text NOT NULL,
  body_html text,
  sent_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX mailbox_recipient ON platform.mailbox (lower(recipient), id DESC);
