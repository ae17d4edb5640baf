-- Admins find people by a part of their name, private ones too.
CREATE INDEX profiles_name ON profiles.profiles USING gin (lower(first_name || ' ' || last_name) gin_trgm_ops);
