-- What anybody may see, by id, with all that a sitemap says of it.
CREATE INDEX project_documents_public ON discovery.project_documents (project_id) INCLUDE (updated_at)
  WHERE owner_is_active AND visibility = 'public' AND status NOT IN ('draft', 'cancelled');
CREATE INDEX profile_documents_public ON discovery.profile_documents (user_id) INCLUDE (updated_at)
  WHERE is_listed AND visibility = 'public';
