-- The language that a kept mail is written in.
ALTER TABLE platform.mailbox ADD COLUMN locale text NOT NULL DEFAULT 'en';
