-- The address a verified account asked for; its own stays in force until this one is confirmed.
ALTER TABLE accounts.users ADD COLUMN pending_email text;
