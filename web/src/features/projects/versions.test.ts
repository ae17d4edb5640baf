import { expect, it } from 'vitest';
import { emptyDraft } from './project-draft.ts';
import { merge, take } from './versions.ts';

const base = { ...emptyDraft(), title: 'Bridge', description: 'It trembles.', currency: 'EUR', version: 1 };

it('takes in what only the other changed and keeps what was changed here', () => {
  const mine = { ...base, title: 'Old bridge' };
  const theirs = { ...base, place: 'Porto', version: 2 };
  expect(merge(base, mine, theirs)).toEqual({
    draft: { ...base, title: 'Old bridge', place: 'Porto', version: 2 },
    asks: [],
  });
});

it('asks for what both changed, and holds this side until the answer', () => {
  const mine = { ...base, title: 'Old bridge' };
  const theirs = { ...base, title: 'New bridge', version: 2 };
  const { draft, asks } = merge(base, mine, theirs);
  expect([draft.title, draft.version, asks]).toEqual(['Old bridge', 2, ['title']]);
  expect(take(draft, 'title', theirs).title).toBe('New bridge');
});

it('asks for every difference when nobody knows what both began from', () => {
  const mine = { ...base, title: 'Old bridge' };
  const theirs = { ...base, budget_min: '20', version: 2 };
  expect(merge(null, mine, theirs).asks).toEqual(['title', 'budget']);
});

it('does not take rows of the form for a change', () => {
  const role = { key: 1, name: 'Smith', skill: '', level: '', seats: '1' };
  const mine = { ...base, roles: [role] };
  const theirs = { ...base, roles: [{ ...role, key: 7, id: 12 }] };
  expect(merge(null, mine, theirs).asks).toEqual([]);
  expect(merge(null, mine, theirs).draft.roles[0]?.id).toBe(12);
});
