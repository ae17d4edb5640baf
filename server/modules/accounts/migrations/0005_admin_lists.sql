-- What admins look for among all accounts: a part of an address, who has power, who is suspended, what was done to whom.
CREATE INDEX users_email_part ON accounts.users USING gin (lower(email) gin_trgm_ops);
CREATE INDEX users_staff ON accounts.users (role, id) WHERE role <> 'student';
CREATE INDEX users_suspended ON accounts.users (id) WHERE NOT is_active;
CREATE INDEX audit_target ON accounts.audit (target, id DESC);
