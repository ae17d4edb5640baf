/** Keeping the vocabulary: adding, renaming and merging skills. Every action is in the audit log. */
import type { SkillCreate, SkillUpdate, VocabularySkill } from '@collabthon/contracts/profiles';
import type { Db } from '../../platform/database/database.ts';
import type { Keep } from '../../platform/http/idempotency.ts';
import { conflict, type FieldError, notFound, unprocessable } from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';
import { skillKey, skillName } from './skills.ts';
import { createProfileStore } from './store.ts';
import { createSkillStore } from './store-skills.ts';
import { createVocabularyStore, type StoredSkill } from './store-vocabulary.ts';
import type { ProfileUseCases } from './use-cases.ts';

/** People who are brought in line with a changed skill in one transaction. */
const BATCH = 200;

export type VocabularyUseCases = ReturnType<typeof createVocabularyUseCases>;

export function createVocabularyUseCases({ db, events, jobs }: Platform, { announce }: ProfileUseCases) {
  /** One transaction that has the vocabulary to itself. */
  const change = <Result>(work: (tx: Db) => Promise<Result>): Promise<Result> =>
    db.transaction(async (tx) => {
      await createVocabularyStore(tx).hold();
      return work(tx);
    });

  const record = (tx: Db, actor_id: number, action: string, id: number, detail: Record<string, unknown>) =>
    events.publish(tx, 'admin.acted', { actor_id, action, target: `skill/${id}`, detail });

  /** Everybody who repeats the skill follows: people here, the other modules by the event. */
  const spread = async (tx: Db, skill_id: number) => {
    await jobs.send(tx, 'profiles.follow_skill', { skill_id, after_user_id: 0 });
    await events.publish(tx, 'skill.changed', { skill_id });
  };

  return {
    /** @throws 409 `skill_name_taken` when a name leads to a skill already; 422 for one without a letter or digit */
    add: (actorId: number, input: SkillCreate, keep: Keep): Promise<VocabularySkill> =>
      change(async (tx) => {
        const { name, key, synonyms } = readNames(input.name, input.synonyms ?? []);
        await checkFree(tx, null, new Map([[key, name], ...synonyms]));
        const store = createVocabularyStore(tx);
        const id = await store.insert(name, key);
        await store.rewrite(id, name, key, synonyms);
        await record(tx, actorId, 'skill.added', id, { name, synonyms: [...synonyms.values()] });
        return keep(tx, await present(tx, id));
      }),

    /**
     * Renames a skill or exchanges its synonyms; its former name becomes one, its id stays.
     * @throws 404; 409 `skill_name_taken`, `skill_merged`; 422
     */
    edit: (actorId: number, id: number, input: SkillUpdate): Promise<VocabularySkill> =>
      change(async (tx) => {
        const store = createVocabularyStore(tx);
        const [skill, before] = [await findOwn(tx, id), await present(tx, id)];
        const { name, key, synonyms } = readNames(input.name ?? skill.name, input.synonyms ?? before.synonyms);
        if (skill.key !== key) synonyms.set(skill.key, skill.name);
        await checkFree(tx, id, new Map([[key, name], ...synonyms]));
        await store.rewrite(id, name, key, synonyms);
        if (name !== skill.name) await spread(tx, id);
        const after = await present(tx, id);
        await record(tx, actorId, 'skill.changed', id, { from: namesOf(before), to: namesOf(after) });
        return after;
      }),

    /**
     * Makes a skill one with another: its names lead there at once, people and projects follow. Doing it again changes
     * nothing.
     * @throws 404; 409 `skill_merged` when it went into a third one; 422 for itself
     */
    merge: (actorId: number, fromId: number, intoId: number): Promise<VocabularySkill> =>
      change(async (tx) => {
        const store = createVocabularyStore(tx);
        const [from, into] = [await store.findCurrent(fromId), await store.findCurrent(intoId)];
        if (!from || !into) throw notFound('skill');
        if (into.id === fromId) throw unprocessable([intoItself]);
        if (from.id !== into.id) {
          const own = await findOwn(tx, fromId);
          await store.retire(own, into.id);
          await spread(tx, fromId);
          await record(tx, actorId, 'skill.merged', fromId, { name: own.name, into_id: into.id, into: into.name });
        }
        return present(tx, into.id);
      }),

    /** Brings the next people who have a changed skill in line with it, and leaves the rest to a job of their own. */
    follow: ({ skill_id, after_user_id }: { skill_id: number; after_user_id: number }): Promise<void> =>
      db.transaction(async (tx) => {
        const store = createVocabularyStore(tx);
        const userIds = await store.lockPeople(skill_id, after_user_id, BATCH);
        const skill = (await createSkillStore(tx).holdCurrent([skill_id])).get(skill_id);
        if (!skill || userIds.length === 0) return;
        if (skill.id !== skill_id) await store.exchange(userIds, skill_id, skill.id);
        await store.repeatSkills(userIds);
        for (const row of await createProfileStore(tx).list(userIds)) await announce(tx, row);
        if (userIds.length === BATCH) {
          await jobs.send(tx, 'profiles.follow_skill', { skill_id, after_user_id: userIds.at(-1) ?? 0 });
        }
      }),
  };
}

const intoItself: FieldError = {
  path: '/into_id',
  code: 'into_itself',
  message: 'A skill cannot be merged into itself. Choose the one that shall stay.',
};

const namesOf = ({ name, synonyms }: VocabularySkill) => ({ name, synonyms });

async function present(tx: Db, id: number): Promise<VocabularySkill> {
  const skill = await createVocabularyStore(tx).get(id);
  if (!skill) throw notFound('skill');
  return skill;
}

/** A skill that still has its name. @throws 404; 409 when it was merged */
async function findOwn(tx: Db, id: number): Promise<StoredSkill & { key: string }> {
  const current = await createVocabularyStore(tx).findCurrent(id);
  if (!current) throw notFound('skill');
  const { key } = current;
  if (current.id !== id || key === null) {
    throw conflict('skill_merged', `This skill was merged into “${current.name}”. Work with that one.`, {
      skill: current.name,
    });
  }
  return { ...current, key };
}

/** Names for display by what they are compared by; a synonym that says the name again is left out. @throws 422 */
function readNames(given: string, others: readonly string[]) {
  const errors: FieldError[] = [];
  const keyAt = (name: string, path: string): string => {
    const key = skillKey(name);
    if (key === null)
      errors.push({ path, code: 'nameless_skill', message: 'A skill has a name of letters or digits.' });
    return key ?? '';
  };
  const key = keyAt(given, '/name');
  const synonyms = new Map(others.map((name, at) => [keyAt(name, `/synonyms/${at}`), skillName(name)]));
  if (errors.length > 0) throw unprocessable(errors);
  synonyms.delete(key);
  return { name: skillName(given), key, synonyms };
}

/** @throws 409 naming what collides */
async function checkFree(tx: Db, ownId: number | null, names: ReadonlyMap<string, string>): Promise<void> {
  for (const [key, owner] of await createSkillStore(tx).findByKeys([...names.keys()])) {
    if (owner.id === ownId) continue;
    const name = names.get(key) ?? key;
    const detail =
      name === owner.name
        ? `There is a skill “${name}” already. Use that one, or merge the two.`
        : `“${name}” already leads to “${owner.name}”. Choose another name, or merge the two.`;
    throw conflict('skill_name_taken', detail, { name, skill: owner.name });
  }
}
