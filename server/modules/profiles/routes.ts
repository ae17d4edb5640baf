import { routes } from '@collabthon/contracts/profiles';
import { decodeCursor, readPaging, toPage } from '../../platform/database/paging.ts';
import { notFound } from '../../platform/http/problems.ts';
import { handleRoutes, type Platform } from '../../platform/module.ts';
import { weeklyOverlap } from './overlap.ts';
import { toProfile } from './present.ts';
import { skillKey } from './skills.ts';
import { createProfileStore } from './store.ts';
import { createListStore } from './store-lists.ts';
import { createSkillStore } from './store-skills.ts';
import { createVocabularyStore } from './store-vocabulary.ts';
import type { ProfileUseCases } from './use-cases.ts';
import type { VocabularyUseCases } from './vocabulary.ts';

const noProfile = () => notFound('profile');

export function profileRoutes({ db, reader }: Platform, useCases: ProfileUseCases, vocabulary: VocabularyUseCases) {
  const profiles = createProfileStore(db);
  const lists = createListStore(reader);
  const skills = createSkillStore(db);
  const kept = createVocabularyStore(db);

  const own = async (userId: number) => {
    const row = await useCases.ensure(userId);
    if (!row) throw noProfile();
    return toProfile(row);
  };

  return handleRoutes(routes, {
    'GET /users/me/profile': ({ principal }) => own(principal.user_id),
    'POST /users/me/profile': ({ principal, body, keep }) => useCases.create(principal.user_id, body, keep),
    'PUT /users/me/profile': ({ principal, body }) => useCases.update(principal.user_id, body),

    'GET /users/me/profile/seen-as/{viewer}': async ({ principal, params }) => {
      await own(principal.user_id);
      const row = await profiles.findSeenBy(principal.user_id, params.viewer);
      return { visible: row !== undefined, profile: row ? toProfile(row) : null };
    },

    'GET /users/{id}/profile': async ({ principal, params }) => {
      if (principal?.user_id === params.id) return own(params.id);
      const row = await lists.findReadable({ user_id: params.id }, principal);
      if (!row) throw noProfile();
      return toProfile(row);
    },

    'GET /users/{id}/overlap': async ({ principal, params }) => {
      const mine = await own(principal.user_id);
      const theirs = await lists.findReadable({ user_id: params.id }, principal);
      if (!theirs) throw noProfile();
      return weeklyOverlap(mine.availability, toProfile(theirs).availability, new Date());
    },

    'GET /profiles': async ({ principal, query }) => {
      const paging = readPaging(query);
      const [after] = decodeCursor(paging.cursor, ['integer']) ?? [null];
      const { rows, total } = await lists.list(principal, query, {
        after,
        offset: paging.offset,
        limit: paging.size + 1,
      });
      return toPage({ rows, total, paging, keys: (row) => [row.id], present: toProfile });
    },

    'GET /profiles/{id}': async ({ principal, params }) => {
      const row = await lists.findReadable({ id: params.id }, principal);
      if (!row) throw noProfile();
      return toProfile(row);
    },

    'GET /profiles/search/{query}': async ({ principal, params, query }) =>
      (await lists.search(principal, params.query, query.limit ?? 20)).map(toProfile),

    'GET /profiles/skills/popular': ({ principal, query }) => lists.popularSkills(principal, query.limit ?? 20),
    'GET /profiles/colleges': ({ principal }) => lists.colleges(principal),
    'GET /profiles/majors': ({ principal }) => lists.majors(principal),

    'GET /skills': async ({ query }) => {
      const prefix = query.q ? skillKey(query.q) : '';
      return { items: prefix === null ? [] : await skills.suggest(prefix, query.limit ?? 20) };
    },

    'GET /admin/skills': async ({ query }) => {
      const paging = readPaging(query);
      const [after] = decodeCursor(paging.cursor, ['text']) ?? [null];
      const part = query.q?.trim() ? skillKey(query.q) : '';
      const position = { after, offset: paging.offset, limit: paging.size + 1 };
      const { rows, total } =
        part === null ? { rows: [], total: 0 } : await kept.list({ part, is_curated: query.is_curated }, position);
      return toPage({
        rows,
        total,
        paging,
        keys: (row) => [row.key],
        present: ({ id, name, synonyms, is_curated, people }) => ({ id, name, synonyms, is_curated, people }),
      });
    },
    'POST /admin/skills': ({ principal, body, keep }) => vocabulary.add(principal.user_id, body, keep),
    'PUT /admin/skills/{id}': ({ principal, params, body }) => vocabulary.edit(principal.user_id, params.id, body),
    'POST /admin/skills/{id}/merge': ({ principal, params, body }) =>
      vocabulary.merge(principal.user_id, params.id, body.into_id),
  });
}
