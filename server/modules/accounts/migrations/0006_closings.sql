-- Accounts that are about to be closed; whoever changes their mind in time is not on the list any more.
CREATE TABLE accounts.closings (
  user_id bigint PRIMARY KEY REFERENCES accounts.users ON DELETE CASCADE,
  -- Tells one closing of an account from the next.
  number bigint GENERATED ALWAYS AS IDENTITY,
  started_at timestamptz NOT NULL DEFAULT now(),
  closes_at timestamptz NOT NULL
);
