import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createDraftKeeper,
  type DraftKeeper,
  type DraftRemote,
  type KeptDraft,
  type LeftDraft,
} from './draft-keeper.ts';
import { ApiError } from './errors.ts';

interface Text {
  text: string;
}

const failure = (status: number, code: 'network' | 'draft_changed' | 'not_signed_in') =>
  new ApiError({ status, code, params: {}, errors: [], requestId: null, retryAfter: null });

/** The rules of `PUT /drafts/{key}`, for any number of tabs. */
function createShelf() {
  let kept: KeptDraft<Text> | null = null;
  let lastVersion = 0;
  const shelf = {
    failWith: null as ApiError | null,
    saves: 0,
    get text() {
      return kept?.content.text ?? null;
    },
    remote: {
      async load() {
        if (shelf.failWith) throw shelf.failWith;
        return kept && structuredClone(kept);
      },
      async save(content, follows) {
        if (shelf.failWith) throw shelf.failWith;
        if ((kept?.version ?? 0) !== follows) throw failure(409, 'draft_changed');
        shelf.saves++;
        kept = { content: structuredClone(content), version: ++lastVersion, savedAt: lastVersion };
        return { version: kept.version, savedAt: kept.savedAt };
      },
      async remove() {
        kept = null;
      },
    } satisfies DraftRemote<Text>,
  };
  return shelf;
}

function createTab(shelf: ReturnType<typeof createShelf>) {
  let left: string | null = null;
  const local = {
    read: () => JSON.parse(left ?? 'null') as LeftDraft<Text> | null,
    write: (next: LeftDraft<Text> | null) => {
      left = next && JSON.stringify(next);
    },
  };
  return {
    hasLeft: () => left !== null,
    /** As after a load or a reload: what the tab's storage holds is still there. */
    async open(): Promise<DraftKeeper<Text>> {
      const keeper = createDraftKeeper({ initial: { text: '' }, remote: shelf.remote, local });
      await keeper.open();
      return keeper;
    },
  };
}

const type = (keeper: DraftKeeper<Text>, text: string) => keeper.set(() => ({ text }));
const rest = () => vi.advanceTimersByTimeAsync(800);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('one tab', () => {
  it('saves when the writer rests, once, and says so', async () => {
    const shelf = createShelf();
    const keeper = await createTab(shelf).open();
    expect(keeper.getState().phase).toBe('blank');
    type(keeper, 'a');
    type(keeper, 'ab');
    expect(keeper.getState().phase).toBe('writing');
    await rest();
    expect(keeper.getState()).toMatchObject({ phase: 'saved', value: { text: 'ab' } });
    expect([shelf.text, shelf.saves]).toEqual(['ab', 1]);
  });

  it('saves in between for whoever writes without a rest', async () => {
    const shelf = createShelf();
    const keeper = await createTab(shelf).open();
    for (let count = 1; count <= 12; count++) {
      type(keeper, 'x'.repeat(count));
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(shelf.saves).toBeGreaterThan(0);
  });

  it('keeps nothing where nothing was changed', async () => {
    const shelf = createShelf();
    const keeper = await createTab(shelf).open();
    type(keeper, '');
    await rest();
    expect([keeper.getState().phase, shelf.saves]).toEqual(['blank', 0]);
  });

  it('brings back after a reload what the server never got', async () => {
    const shelf = createShelf();
    const tab = createTab(shelf);
    const before = await tab.open();
    shelf.failWith = failure(0, 'network');
    type(before, 'written on a train');
    await rest();
    expect(before.getState().phase).toBe('waiting');
    shelf.failWith = null;
    const after = await tab.open();
    expect(after.getState().value.text).toBe('written on a train');
    await rest();
    expect(after.getState().phase).toBe('saved');
    expect(shelf.text).toBe('written on a train');
    expect(tab.hasLeft()).toBe(false);
  });

  it('sends again by itself when the server is back', async () => {
    const shelf = createShelf();
    const keeper = await createTab(shelf).open();
    shelf.failWith = failure(503, 'network');
    type(keeper, 'patience');
    await rest();
    shelf.failWith = null;
    await vi.advanceTimersByTimeAsync(5_000);
    expect([keeper.getState().phase, shelf.text]).toEqual(['saved', 'patience']);
  });

  it('keeps the text of somebody whose session ended, and saves it when they are back', async () => {
    const shelf = createShelf();
    const keeper = await createTab(shelf).open();
    shelf.failWith = failure(401, 'not_signed_in');
    type(keeper, 'still here');
    await rest();
    expect(keeper.getState()).toMatchObject({ phase: 'signedOut', value: { text: 'still here' } });
    shelf.failWith = null;
    await keeper.look();
    expect(shelf.text).toBe('still here');
  });

  it('knows its own text when the answer to the last save was never heard', async () => {
    const shelf = createShelf();
    const tab = createTab(shelf);
    const before = await tab.open();
    type(before, 'last words');
    before.close();
    await vi.advanceTimersByTimeAsync(0);
    const after = await tab.open();
    expect(after.getState()).toMatchObject({ phase: 'saved', value: { text: 'last words' } });
  });

  it('leaves nothing behind on the device when what was sent on leaving has arrived', async () => {
    const shelf = createShelf();
    const tab = createTab(shelf);
    const left = await tab.open();
    type(left, 'sent on leaving');
    left.close();
    await rest();
    expect([shelf.text, tab.hasLeft()]).toEqual(['sent on leaving', false]);
  });

  it('keeps on the device what could not be sent on leaving', async () => {
    const shelf = createShelf();
    const tab = createTab(shelf);
    const left = await tab.open();
    shelf.failWith = failure(0, 'network');
    type(left, 'on a train');
    left.close();
    await rest();
    expect(tab.hasLeft()).toBe(true);
  });

  it('is no other tab when it is left while a save is on its way and more was written', async () => {
    const shelf = createShelf();
    const tab = createTab(shelf);
    const left = await tab.open();
    type(left, 'one');
    left.flush();
    type(left, 'one, two');
    left.close();
    await rest();
    expect([shelf.text, tab.hasLeft()]).toEqual(['one, two', false]);
  });

  it('saves at once what is taken back after leaving', async () => {
    const shelf = createShelf();
    const tab = createTab(shelf);
    const left = await tab.open();
    type(left, 'precious');
    await rest();
    type(left, '');
    left.close();
    await rest();
    type(left, 'precious');
    await rest();
    expect([shelf.text, tab.hasLeft()]).toEqual(['precious', false]);
  });
});

describe('two tabs', () => {
  async function twoTabs() {
    const shelf = createShelf();
    const one = await createTab(shelf).open();
    type(one, 'start');
    await rest();
    return { shelf, one, other: await createTab(shelf).open() };
  }

  it('the one that was only looked at follows the other', async () => {
    const { one, other } = await twoTabs();
    type(one, 'start and more');
    await rest();
    await other.look();
    expect(other.getState()).toMatchObject({ phase: 'saved', value: { text: 'start and more' } });
  });

  it('holds both texts when both were written in, and overwrites neither', async () => {
    const { shelf, one, other } = await twoTabs();
    type(one, 'mine');
    await rest();
    type(other, 'theirs');
    await rest();
    expect(other.getState()).toMatchObject({ phase: 'conflict', value: { text: 'theirs' }, theirs: { text: 'mine' } });
    expect(shelf.text).toBe('mine');
    other.keepMine();
    await rest();
    expect([other.getState().phase, shelf.text]).toEqual(['saved', 'theirs']);
  });

  it('takes the other text when the writer says so', async () => {
    const { shelf, one, other } = await twoTabs();
    type(one, 'mine');
    await rest();
    type(other, 'theirs');
    await rest();
    other.takeTheirs();
    expect(other.getState()).toMatchObject({ phase: 'saved', value: { text: 'mine' }, theirs: null });
    type(other, 'mine, longer');
    await rest();
    expect(shelf.text).toBe('mine, longer');
  });
});

describe('the end', () => {
  it('discards on commit only, and gives everything back on undo', async () => {
    const shelf = createShelf();
    const keeper = await createTab(shelf).open();
    type(keeper, 'precious');
    await rest();
    const { undo } = keeper.discard();
    expect(keeper.getState().value.text).toBe('');
    expect(shelf.text).toBe('precious');
    undo();
    await rest();
    expect([keeper.getState().value.text, shelf.text]).toEqual(['precious', 'precious']);
    keeper.discard().commit();
    await rest();
    expect(shelf.text).toBeNull();
  });

  it('stays discarded when a save was on its way', async () => {
    const shelf = createShelf();
    const tab = createTab(shelf);
    const keeper = await tab.open();
    type(keeper, 'half');
    keeper.flush();
    const { commit } = keeper.discard();
    await rest();
    commit();
    await rest();
    expect([tab.hasLeft(), shelf.text, keeper.getState().phase]).toEqual([false, null, 'blank']);
  });

  it('is discarded to what it would begin from by now, and given back all the same', async () => {
    const shelf = createShelf();
    const keeper = createDraftKeeper({
      initial: { text: 'as it was' },
      remote: shelf.remote,
      local: { read: () => null, write: () => {} },
    });
    await keeper.open();
    keeper.rebase({ text: 'changed elsewhere' });
    expect(keeper.getState()).toMatchObject({ phase: 'blank', value: { text: 'changed elsewhere' } });
    type(keeper, 'mine');
    await rest();
    keeper.rebase({ text: 'changed again' });
    expect(keeper.getState().value.text).toBe('mine');
    const { undo } = keeper.discard();
    expect(keeper.getState().value.text).toBe('changed again');
    keeper.rebase({ text: 'and again' });
    undo();
    await rest();
    expect([keeper.getState().value.text, shelf.text]).toEqual(['mine', 'mine']);
    const { commit } = keeper.discard();
    expect(keeper.getState().value.text).toBe('and again');
    commit();
    await rest();
    expect(shelf.text).toBeNull();
  });

  it('is gone once the work has reached its place, even after leaving', async () => {
    const shelf = createShelf();
    const tab = createTab(shelf);
    const keeper = await tab.open();
    type(keeper, 'posted');
    keeper.close();
    await keeper.finish();
    type(keeper, 'never');
    await rest();
    expect([tab.hasLeft(), shelf.text]).toEqual([false, null]);
  });

  it('is gone once the work has reached its place', async () => {
    const shelf = createShelf();
    const tab = createTab(shelf);
    const keeper = await tab.open();
    type(keeper, 'done');
    await keeper.finish();
    await rest();
    expect([tab.hasLeft(), shelf.text]).toEqual([false, null]);
  });
});

describe('a draft that the page came with', () => {
  const known = { content: { text: 'there already' }, version: 4, savedAt: 1 };
  const remote: DraftRemote<Text> = {
    load: () => Promise.reject(failure(0, 'network')),
    save: async (_, follows) => ({ version: follows + 1, savedAt: 2 }),
    remove: async () => {},
  };

  it('is shown at once, without asking again', async () => {
    const keeper = createDraftKeeper({
      initial: { text: '' },
      known,
      remote,
      local: { read: () => null, write: () => {} },
    });
    expect(keeper.getState()).toMatchObject({ phase: 'saved', value: { text: 'there already' } });
    await keeper.open();
    expect(keeper.getState().phase).toBe('saved');
  });

  it('is completed where it was written before its form asked for more', async () => {
    const initial = { text: '', tags: [] as string[] };
    const options = { initial, local: { read: () => null, write: () => {} } };
    for (const keeper of [
      createDraftKeeper({ ...options, known, remote: { ...remote, load: async () => known } }),
      createDraftKeeper({ ...options, remote: { ...remote, load: async () => known } }),
    ]) {
      await keeper.open();
      expect(keeper.getState()).toMatchObject({ phase: 'saved', value: { text: 'there already', tags: [] } });
    }
  });

  it.each([
    ['of another kind', { text: 7, tags: 'no list' }],
    ['null', { text: null, tags: null }],
  ])('is mended where what was written is %s', async (_, content) => {
    const initial = { text: 'as it was', tags: [] as string[] };
    const odd = { ...known, content };
    const options = { initial, local: { read: () => null, write: () => {} } };
    for (const keeper of [
      createDraftKeeper({ ...options, known: odd, remote: { ...remote, load: async () => odd } }),
      createDraftKeeper({ ...options, remote: { ...remote, load: async () => odd } }),
    ]) {
      await keeper.open();
      expect(keeper.getState().value).toEqual(initial);
    }
  });

  it('gives way to what this tab had not sent yet', async () => {
    const left = { content: { text: 'there already, and more' }, follows: 4, sent: null };
    const keeper = createDraftKeeper({
      initial: { text: '' },
      known,
      remote,
      local: { read: () => left, write: () => {} },
    });
    await keeper.open();
    await rest();
    expect(keeper.getState()).toMatchObject({ phase: 'saved', value: { text: 'there already, and more' } });
  });
});
