CREATE SCHEMA discovery;

-- Every run that brings a document to its present state draws a ticket before it asks for that state. Since each change
-- is followed by a run, the state behind the highest ticket is the newest, whatever order the runs end in.
CREATE SEQUENCE discovery.tickets;

-- The ticket behind each document, kept after its removal, so that a late run cannot bring a deleted one back.
CREATE TABLE discovery.index_state (
  kind text NOT NULL,
  id bigint NOT NULL,
  ticket bigint NOT NULL,
  PRIMARY KEY (kind, id)
);

CREATE TABLE discovery.project_documents (
  project_id bigint PRIMARY KEY,
  owner_id bigint NOT NULL,
  owner_is_active boolean NOT NULL,
  search tsvector NOT NULL,
  skill_ids bigint[] NOT NULL,
  -- skill_id * 8 + level, for "this skill at this level".
  skill_levels bigint[] NOT NULL,
  levels smallint[] NOT NULL,
  college text NOT NULL,
  college_key text NOT NULL,
  status text NOT NULL,
  visibility text NOT NULL,
  is_remote boolean NOT NULL,
  is_full boolean NOT NULL,
  hours integer,
  budget_min double precision,
  budget_max double precision,
  title_key text COLLATE "C" NOT NULL,
  -- Its words are counted in discovery.words: only what anybody may see teaches the spelling.
  is_counted boolean NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  recent_at timestamptz GENERATED ALWAYS AS (created_at) STORED,
  recent_day integer GENERATED ALWAYS AS ((created_at AT TIME ZONE 'UTC')::date - DATE '2000-01-01') STORED,
  card jsonb NOT NULL
);

-- One index answers words, skills, state and age together, so that only rows that fit them all are fetched.
CREATE INDEX project_documents_search ON discovery.project_documents
  USING gin (search, skill_ids, skill_levels, status, recent_day) WITH (gin_pending_list_limit = 512);
CREATE INDEX project_documents_recent ON discovery.project_documents (status, recent_at DESC, project_id DESC);
CREATE INDEX project_documents_owner ON discovery.project_documents (owner_id);

CREATE TABLE discovery.profile_documents (
  user_id bigint PRIMARY KEY,
  search tsvector NOT NULL,
  skill_ids bigint[] NOT NULL,
  skill_levels bigint[] NOT NULL,
  levels smallint[] NOT NULL,
  college text NOT NULL,
  college_key text NOT NULL,
  major text NOT NULL,
  major_key text NOT NULL,
  year integer NOT NULL,
  hours integer,
  open_to text[] NOT NULL,
  open_to_until timestamptz,
  visibility text NOT NULL,
  is_listed boolean NOT NULL,
  -- Their college is proven.
  is_verified boolean NOT NULL,
  is_counted boolean NOT NULL,
  updated_at timestamptz NOT NULL,
  recent_at timestamptz GENERATED ALWAYS AS (updated_at) STORED,
  recent_day integer GENERATED ALWAYS AS ((updated_at AT TIME ZONE 'UTC')::date - DATE '2000-01-01') STORED,
  person jsonb NOT NULL,
  card jsonb NOT NULL
);

CREATE INDEX profile_documents_search ON discovery.profile_documents
  USING gin (search, skill_ids, skill_levels, recent_day) WITH (gin_pending_list_limit = 512);
CREATE INDEX profile_documents_recent ON discovery.profile_documents (recent_at DESC, user_id DESC) WHERE is_listed;
CREATE INDEX profile_documents_college ON discovery.profile_documents (college_key, year);

-- Owners whose projects nobody is shown.
CREATE TABLE discovery.inactive_members (user_id bigint PRIMARY KEY);

CREATE TABLE discovery.skill_names (
  skill_id bigint PRIMARY KEY,
  name text NOT NULL
);

-- The vocabulary: which words there are, and in how many documents. Prefixes, word stems and typing errors are resolved
-- here, on some ten thousand rows, and not on the documents.
CREATE TABLE discovery.words (
  kind text NOT NULL,
  word text COLLATE "C" NOT NULL,
  stem text COLLATE "C",
  documents integer NOT NULL,
  PRIMARY KEY (kind, word)
) WITH (fillfactor = 70);
CREATE INDEX words_stem ON discovery.words (kind, stem);
CREATE INDEX words_trigrams ON discovery.words USING gin (word public.gin_trgm_ops);

-- Words that share enough letter triples with a misspelt one; a swap of two letters in a short word keeps only a fifth.
CREATE FUNCTION discovery.similar_words(of_kind text, misspelt text)
RETURNS TABLE (word text, documents integer)
LANGUAGE sql STABLE PARALLEL SAFE
SET pg_trgm.similarity_threshold = 0.15
AS $$
  SELECT w.word, w.documents
  FROM discovery.words w
  WHERE w.kind = of_kind
    AND w.word OPERATOR(public.%) misspelt
    AND w.documents > 0
    AND length(w.word) BETWEEN length(misspelt) - 2 AND length(misspelt) + 2
  ORDER BY public.similarity(w.word, misspelt) DESC, w.documents DESC
  LIMIT 200
$$;

-- Collaboration requests of each project, for what is trending.
CREATE TABLE discovery.request_counts (
  project_id bigint PRIMARY KEY,
  requests integer NOT NULL
);
