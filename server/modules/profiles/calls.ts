/** What other modules ask of profiles. */
import type { CallHandlers } from '../../platform/calls/calls.ts';
import type { Platform } from '../../platform/module.ts';
import { eraseMember } from './erase.ts';
import { toCandidate, toCard } from './present.ts';
import { skillKey } from './skills.ts';
import { createProfileStore } from './store.ts';
import { createSkillStore } from './store-skills.ts';
import { createVocabularyStore } from './store-vocabulary.ts';
import type { ProfileUseCases } from './use-cases.ts';

export function profileCalls(platform: Platform, useCases: ProfileUseCases) {
  const { db } = platform;
  const profiles = createProfileStore(db);
  const skills = createSkillStore(db);

  return {
    'profiles.eraseMember': async ({ user_id }) => {
      await eraseMember(platform, useCases, user_id);
      return {};
    },

    'profiles.getCards': async ({ user_ids }) => {
      const rows = await profiles.listCards(user_ids);
      const known = new Set(rows.map((row) => row.user_id));
      const cards = rows.map(toCard);
      // Accounts of the last moment, whose registration has not arrived here yet.
      for (const userId of new Set(user_ids)) {
        const row = known.has(userId) ? undefined : await useCases.ensure(userId);
        if (row) cards.push(toCard(row));
      }
      return cards;
    },

    'profiles.findPrivate': async ({ user_ids }) =>
      (await profiles.listCards(user_ids))
        .filter(({ visibility }) => visibility === 'private')
        .map(({ user_id }) => user_id),

    'profiles.findByName': ({ text }) => profiles.findByName(text),

    'profiles.resolveSkills': ({ names }) => useCases.resolveSkills(names, '/names'),

    'profiles.findSkills': async ({ names }) => {
      const keys = names.map(skillKey);
      const found = await skills.findByKeys(keys.filter((key) => key !== null));
      return keys.map((key) => (key !== null && found.get(key)) || null);
    },

    'profiles.getSkill': async ({ skill_id }) => {
      const skill = await createVocabularyStore(db).findCurrent(skill_id);
      return skill ? { id: skill.id, name: skill.name } : null;
    },

    'profiles.getCandidate': async ({ user_id }) => {
      const row = await useCases.ensure(user_id);
      return row ? toCandidate(row) : null;
    },

    'profiles.listCandidates': async ({ after_user_id, limit }) =>
      (await profiles.listAfter(after_user_id, limit)).map(toCandidate),
  } satisfies CallHandlers;
}
