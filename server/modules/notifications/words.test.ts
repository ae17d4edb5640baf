/** Every kind can be said in every language; that the catalogues say the same is a check of its own. */
import type { NotificationKind, NotificationParams } from '@collabthon/contracts/notifications';
import { locales } from '@collabthon/contracts/shapes';
import { expect, it } from 'vitest';
import { kinds } from './kinds.ts';
import { pathOf, wordsOf } from './words.ts';

const everything: NotificationParams = {
  actor_id: 1,
  actor_name: 'Ada',
  member_id: 2,
  member_name: 'Bob',
  collaboration_id: 3,
  project_id: 4,
  project_title: 'Tide clock',
  role_name: 'Maker',
  request: 'invitation',
  reason: 'role_filled',
  status: 'completed',
  previous_status: 'open',
  expires_at: '2026-12-24T10:00:00Z',
};
const all = Object.keys(kinds) as NotificationKind[];

it.each(locales.flatMap((locale) => all.map((kind) => [locale, kind] as const)))('%s: %s', (locale, kind) => {
  for (const params of [everything, {}]) {
    const { title, message } = wordsOf({ kind, params }, locale);
    expect(title).not.toBe('');
    expect(message).not.toBe('');
    expect(`${title} ${message}`).not.toMatch(/[{}#]|undefined|null/);
    expect(pathOf({ kind, params })).toMatch(/^\//);
  }
});

it('names are shown as one line, and days as the language writes them', () => {
  const params = { ...everything, project_title: ' Tide\n\nclock ' };
  expect(wordsOf({ kind: 'project_expiring', params }, 'en').message).toBe(
    '“Tide clock” is shown until December 24, 2026. Move that day if it still looks for people.',
  );
  expect(wordsOf({ kind: 'project_expiring', params }, 'es').message).toContain('hasta el 24 de diciembre de 2026');
});

it('a name does not turn the direction of the sentence around it', () => {
  expect(wordsOf({ kind: 'member_left', params: everything }, 'ar').message).toContain('\u2068Bob\u2069');
});
