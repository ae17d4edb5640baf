/** Drafts: what members are still writing, kept for whichever of their devices and tabs comes next. */
import type { Draft } from '@collabthon/contracts/accounts';
import { violatedConstraint } from '../../platform/database/database.ts';
import { conflict, notFound, unprocessable } from '../../platform/http/problems.ts';
import type { Context } from './context.ts';
import { createDraftStore, type DraftState } from './store-drafts.ts';

/** Drafts of one member. */
const MOST = 50;
const MOST_BYTES = 32 * 1024;
/** PostgreSQL parses JSON by recursion, and no form nests its fields further. */
const MOST_LEVELS = 32;

export const listDrafts = ({ platform }: Context, userId: number, prefix = ''): Promise<Draft[]> =>
  createDraftStore(platform.db, userId).list({ prefix, limit: MOST });

/** @throws 404 */
export async function readDraft({ platform }: Context, userId: number, key: string): Promise<Draft> {
  const draft = await createDraftStore(platform.db, userId).find(key);
  if (!draft) throw notFound('draft');
  return draft;
}

/**
 * Keeps what somebody has written so far. `follows` is the version that they began from, 0 for none; undefined replaces
 * whatever there is. Of several who follow the same version one is kept. Sending the same again changes nothing, so that
 * an answer that was lost does no harm.
 *
 * @throws 409 `draft_changed` when another tab was faster, `too_many_drafts`; 422 for too much content
 */
export async function keepDraft(
  { platform }: Context,
  userId: number,
  key: string,
  { content, version: follows }: { content: Draft['content']; version?: number | undefined },
): Promise<DraftState> {
  checkContent(content);
  try {
    return await platform.db.transaction(async (tx) => {
      const drafts = createDraftStore(tx, userId);
      await drafts.takeTurn();
      const there = await drafts.compare(key, content);
      if (there?.isSame) return { key, version: there.version, updated_at: there.updated_at };
      const version = there?.version ?? 0;
      if (follows !== undefined && follows !== version) throw changedElsewhere(version);
      if (!there && (await drafts.count()) >= MOST) throw tooMany();
      return drafts.keep(key, content);
    });
  } catch (error) {
    throw violatedConstraint(error) === 'drafts_user_id_fkey' ? notFound('account') : error;
  }
}

export const discardDraft = ({ platform }: Context, userId: number, key: string): Promise<void> =>
  createDraftStore(platform.db, userId).discard(key);

/** @throws 422 */
function checkContent(content: Draft['content']): void {
  const path = '/content';
  if (levelsOf(content) > MOST_LEVELS) {
    const message = `Nest fields at most ${MOST_LEVELS} levels deep.`;
    throw unprocessable([{ path, code: 'too_deep', message, params: { limit: MOST_LEVELS } }]);
  }
  if (Buffer.byteLength(JSON.stringify(content)) > MOST_BYTES) {
    const message = `A draft takes at most ${MOST_BYTES / 1024} kB. Shorten the text, or save the work itself.`;
    throw unprocessable([{ path, code: 'too_large', message, params: { limit: MOST_BYTES } }]);
  }
}

/** How deeply a value is nested. Level by level, since it may be nested as deeply as a body is long. */
function levelsOf(value: unknown): number {
  let levels = 0;
  for (let level = [value]; level.length > 0; levels += 1) {
    level = level
      .flatMap((outer) => Object.values(outer as object))
      .filter((inner) => inner !== null && typeof inner === 'object');
  }
  return levels;
}

const changedElsewhere = (version: number) =>
  conflict(
    'draft_changed',
    version === 0
      ? 'This draft was discarded elsewhere. Save it without a version to keep what you have here.'
      : 'This draft was changed elsewhere. Load that one to compare, then save the one that you want to keep.',
    { version },
  );

const tooMany = () =>
  conflict(
    'too_many_drafts',
    `You have ${MOST} drafts, which is as many as we keep. Discard one that you no longer need.`,
    {
      limit: MOST,
    },
  );
