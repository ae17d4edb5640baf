/** What people do with profiles. */
import type { Profile, ProfileCreate, ProfileUpdate, Skill } from '@collabthon/contracts/profiles';
import type { Db } from '../../platform/database/database.ts';
import type { Keep } from '../../platform/http/idempotency.ts';
import { conflict, type FieldError, notFound, problem, unprocessable } from '../../platform/http/problems.ts';
import type { Platform } from '../../platform/module.ts';
import { availabilityErrors, mergeSlots, OPEN_TO_DAYS } from './availability.ts';
import { type ProfileRow, toCard, toProfile } from './present.ts';
import { mergeMentions, type SkillMention, skillKey, skillName } from './skills.ts';
import { createProfileStore, type ProfileFields } from './store.ts';
import { createSkillStore } from './store-skills.ts';

type SkillInput = NonNullable<ProfileUpdate['skills']>[number];

export type ProfileUseCases = ReturnType<typeof createProfileUseCases>;

export function createProfileUseCases({ db, events, calls }: Pick<Platform, 'db' | 'events' | 'calls'>) {
  const store = createProfileStore(db);
  const skillStore = createSkillStore(db);

  /** Tells the others, in the transaction of the change. */
  const announce = (tx: Db, row: ProfileRow) =>
    events.publish(tx, 'profile.changed', {
      user_id: row.user_id,
      card: toCard(row),
      listed: row.is_listed,
      version: row.version,
    });

  const readOwn = async (tx: Db, userId: number): Promise<ProfileRow> => {
    const row = await createProfileStore(tx).find(userId);
    if (!row) throw notFound('account');
    return row;
  };

  /** The row of an account, made now if its registration has not arrived here yet; undefined if there is no account. */
  const ensure = async (userId: number): Promise<ProfileRow | undefined> => {
    const row = await store.find(userId);
    if (row) return row;
    const member = await calls('accounts.getMember', { user_id: userId });
    if (!member) return undefined;
    return db.transaction(async (tx) => {
      const isNew = await createProfileStore(tx).insertEmpty(member);
      const made = await readOwn(tx, userId);
      if (isNew) await announce(tx, made);
      return made;
    });
  };

  /** Makes the empty profiles of accounts that have none yet. @throws 404 when there is no such account */
  const ensureAll = async (userIds: number[]): Promise<void> => {
    const known = new Set((await store.listCards(userIds)).map((row) => row.user_id));
    for (const userId of userIds) if (!known.has(userId) && !(await ensure(userId))) throw notFound('account');
  };

  /**
   * Canonical skills for names, in their order; unknown names become new skills.
   * @throws 422 at `<path>/<index>` for a name without any letter or digit.
   */
  const resolveSkills = async (names: readonly string[], path: string): Promise<Skill[]> => {
    const keys = names.map(skillKey);
    const nameless = keys.flatMap<FieldError>((key, at) =>
      key === null
        ? [{ path: `${path}/${at}`, code: 'nameless_skill', message: 'A skill has a name of letters or digits.' }]
        : [],
    );
    if (nameless.length > 0) throw unprocessable(nameless);
    const wanted = keys.filter((key) => key !== null);
    let found = await skillStore.findByKeys(wanted);
    const unknown = new Map(wanted.flatMap((key, at) => (found.has(key) ? [] : [[key, skillName(names[at] ?? key)]])));
    if (unknown.size > 0) {
      await skillStore.insert(unknown);
      found = await skillStore.findByKeys(wanted);
    }
    return wanted.flatMap((key) => found.get(key) ?? []);
  };

  const resolveMentions = async (inputs: readonly SkillInput[]) => {
    const mentions: SkillMention[] = inputs.map((input) => (typeof input === 'string' ? { name: input } : input));
    const skills = await resolveSkills(
      mentions.map((mention) => mention.name),
      '/skills',
    );
    const resolved = mentions.map(({ name: _, ...details }, at) => ({ ...details, skill_id: skills[at]?.id ?? 0 }));
    return { mentions: mergeMentions(resolved), names: new Map(skills.map((skill) => [skill.id, skill.name])) };
  };

  const save = async (userId: number, input: ProfileUpdate, first: Keep | null): Promise<Profile> => {
    const { skills, follows, ...rest } = input;
    const fields = toFields(rest);
    const row = await ensure(userId);
    if (!row) throw notFound('account');
    if (first && row.filled_at !== null) throw alreadyFilled();
    if (!skills && Object.keys(rest).length === 0) return toProfile(row);
    const resolved = skills && (await resolveMentions(skills));
    return db.transaction(async (tx) => {
      const own = createProfileStore(tx);
      const locked = await own.lock(userId);
      if (first && locked?.is_filled) throw alreadyFilled();
      if (follows && Date.parse(follows) !== Date.parse(locked?.updated_at ?? '')) throw overtaken();
      if (resolved) Object.assign(fields, await own.replaceSkills(userId, resolved.mentions));
      await own.update(userId, fields);
      const saved = await readOwn(tx, userId);
      await announce(tx, saved);
      return first ? first(tx, toProfile(saved)) : toProfile(saved);
    });
  };

  return {
    announce,
    ensure,
    ensureAll,
    resolveSkills,
    resolveMentions,

    /** @throws 409 `profile_exists` when it was filled before */
    create: (userId: number, input: ProfileCreate, keep: Keep) => save(userId, input, keep),
    /** Changes what is given and leaves the rest. @throws 412 `version_conflict` when it does not follow the last change */
    update: (userId: number, input: ProfileUpdate) => save(userId, input, null),
  };
}

const overtaken = () =>
  problem(
    412,
    'version_conflict',
    'Your profile was changed after you read it. Read it again, then repeat your change.',
  );

const alreadyFilled = () => conflict('profile_exists', 'Your profile is filled in already. Change it instead.');

/** Columns for what a body gives; what it leaves out stays. @throws 422 for an availability that makes no sense */
export function toFields(input: Omit<ProfileUpdate, 'skills' | 'follows'>): ProfileFields {
  const { is_public, visibility, availability, open_to, ...plain } = input;
  const fields: ProfileFields = { ...plain };
  if (visibility !== undefined) fields.visibility = visibility;
  else if (is_public !== undefined) fields.visibility = is_public ? 'public' : 'private';
  if (availability !== undefined) {
    const errors = availabilityErrors(availability);
    if (errors.length > 0) throw unprocessable(errors);
    const { hours_per_week, zone, slots } = availability;
    Object.assign(fields, { hours_per_week, zone, slots: mergeSlots(slots) });
  }
  if (open_to !== undefined) {
    fields.open_to = open_to;
    fields.open_to_until = open_to.length > 0 ? new Date(Date.now() + OPEN_TO_DAYS * 86_400_000).toISOString() : null;
  }
  return fields;
}
