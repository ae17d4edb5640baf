/** Two small services that ask each other and tell each other, for tests of what lies between them. */
import { sql } from 'drizzle-orm';
import { defineModule } from '../module.ts';

/** What the handlers were given, and what they do next. */
export const script = { heard: [] as unknown[], answers: [] as (() => Promise<unknown>)[] };

export const accounts = defineModule({ name: 'accounts', mount: () => ({}) });
export const profiles = defineModule({
  name: 'profiles',
  mount: () => ({
    calls: {
      async 'profiles.findPrivate'({ user_ids }) {
        script.heard.push(user_ids);
        return ((await script.answers.shift()?.()) ?? user_ids) as number[];
      },
    },
    subscribers: {
      'project.deleted': async (tx, { project_id, owner_id }) => {
        await tx.execute(sql`INSERT INTO arrived (project_id, owner_id) VALUES (${project_id}, ${owner_id})`);
      },
    },
  }),
});
export const collaborations = defineModule({
  name: 'collaborations',
  mount: ({ db }) => ({
    calls: {
      'collaborations.invite': ({ user_id }, { keep }) =>
        db.transaction(async (tx) => {
          await tx.execute(sql`INSERT INTO invited (user_id) VALUES (${user_id})`);
          const answer = await keep(tx, { collaboration_id: user_id });
          await script.answers.shift()?.();
          return answer;
        }),
    },
  }),
});

export const peers = [
  { name: 'user', hears: ['project.deleted'], modules: [accounts, profiles] },
  { name: 'project', hears: ['session.ended'], modules: [collaborations] },
];
