-- What was handed to the mail server: noted before a try, and when the server has accepted it.
CREATE TABLE platform.sent_mails (
  message_id text PRIMARY KEY,
  tries integer NOT NULL DEFAULT 1,
  begun_at timestamptz NOT NULL DEFAULT now(),
  accepted_at timestamptz
);
CREATE INDEX sent_mails_begun ON platform.sent_mails (begun_at);
