/** Where the documents of each kind are. */
import { type SQL, sql } from 'drizzle-orm';
import type { Kind } from './documents.ts';

export const sources: Record<Kind, { table: SQL; key: SQL }> = {
  project: { table: sql`discovery.project_documents`, key: sql`project_id` },
  profile: { table: sql`discovery.profile_documents`, key: sql`user_id` },
};
