-- A team of its owner alone has a version and no conversation yet.
ALTER TABLE conversations.projects ADD COLUMN team_version bigint NOT NULL DEFAULT 0;
INSERT INTO conversations.projects (id, team_version)
SELECT project_id, team_version FROM conversations.conversations WHERE kind = 'team'
ON CONFLICT (id) DO UPDATE SET team_version = excluded.team_version;
DELETE FROM conversations.members m USING conversations.conversations c
WHERE c.id = m.conversation_id AND c.kind = 'team' AND c.last_position = 0
  AND (SELECT count(*) FROM conversations.members o WHERE o.conversation_id = c.id) = 1;
DELETE FROM conversations.conversations c
WHERE kind = 'team' AND NOT EXISTS (SELECT FROM conversations.members m WHERE m.conversation_id = c.id);
ALTER TABLE conversations.conversations DROP COLUMN team_version;
