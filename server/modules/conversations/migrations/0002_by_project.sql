-- Whether anybody reads on about a project that is deleted.
CREATE INDEX conversations_project ON conversations.conversations (project_id);
