-- How much a member has written of late, in all conversations and through all processes: when all of it will have drained.
-- Unlogged: after a crash everybody may write anew, and no message waits for this to be on the disk.
CREATE UNLOGGED TABLE conversations.writers (
  user_id bigint PRIMARY KEY,
  drained_at timestamptz NOT NULL
);
