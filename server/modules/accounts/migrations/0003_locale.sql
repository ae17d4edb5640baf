-- The language of mails and of what else is written for somebody. Rows that are there have the default, so the check
-- needs no look at them.
ALTER TABLE accounts.users ADD COLUMN locale text NOT NULL DEFAULT 'en';
ALTER TABLE accounts.users ADD CONSTRAINT users_locale CHECK (locale IN ('en', 'es', 'hi', 'ar')) NOT VALID;
