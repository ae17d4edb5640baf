-- Other names keep the spelling that they are shown in.
ALTER TABLE profiles.skill_synonyms ADD COLUMN name text;
UPDATE profiles.skill_synonyms SET name = key;
ALTER TABLE profiles.skill_synonyms ALTER COLUMN name SET NOT NULL;
CREATE INDEX skill_synonyms_skill ON profiles.skill_synonyms (skill_id);

-- A skill that was merged into another stays behind for those who hold its id; its names lead to the other.
ALTER TABLE profiles.skills ADD COLUMN merged_into bigint REFERENCES profiles.skills;
ALTER TABLE profiles.skills ALTER COLUMN key DROP NOT NULL;
ALTER TABLE profiles.skills ADD CONSTRAINT skills_key_or_merged CHECK ((key IS NULL) = (merged_into IS NOT NULL));
CREATE INDEX skills_merged_into ON profiles.skills (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX skills_key_parts ON profiles.skills USING gin (key gin_trgm_ops);
CREATE INDEX skill_synonyms_key_parts ON profiles.skill_synonyms USING gin (key gin_trgm_ops);

-- Who has a skill, in the order in which a change of it goes through them.
CREATE INDEX profile_skills_people ON profiles.profile_skills (skill_id, user_id);
DROP INDEX profiles.profile_skills_skill;

-- Whoever writes by what names mean holds the vocabulary with others; whoever changes what they mean holds it alone.
CREATE FUNCTION profiles.share_vocabulary() RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock_shared(hashtextextended('profiles.vocabulary', 0))
$$;
CREATE FUNCTION profiles.hold_vocabulary() RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('profiles.vocabulary', 0))
$$;

-- A name leads to one skill: no key is both a skill's own and a synonym. A member's new skill that has become a synonym
-- meanwhile is simply not added.
CREATE FUNCTION profiles.keep_keys_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM profiles.share_vocabulary();
  IF TG_TABLE_NAME = 'skills' AND EXISTS (SELECT FROM profiles.skill_synonyms WHERE key = NEW.key) THEN
    IF TG_OP = 'INSERT' THEN RETURN NULL; END IF;
    RAISE unique_violation USING MESSAGE = format('%L is a synonym already.', NEW.key);
  ELSIF TG_TABLE_NAME = 'skill_synonyms' AND EXISTS (SELECT FROM profiles.skills WHERE key = NEW.key) THEN
    RAISE unique_violation USING MESSAGE = format('%L is a skill already.', NEW.key);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER skills_apart BEFORE INSERT OR UPDATE OF key ON profiles.skills
  FOR EACH ROW EXECUTE FUNCTION profiles.keep_keys_apart();
CREATE TRIGGER skill_synonyms_apart BEFORE INSERT OR UPDATE OF key ON profiles.skill_synonyms
  FOR EACH ROW EXECUTE FUNCTION profiles.keep_keys_apart();
