import type { Onlooker, Profile } from '@collabthon/contracts/profiles';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestMember } from '../../platform/testing/test-app.ts';
import { adaProfile, memberChanged, student } from './test-students.ts';

const college = 'Seen College';
const proof = { badge: { college, kind: 'student' } } as const;

let app: TestApp;
/** Somebody of each kind, in the eyes of owners of `college`. */
let real: Record<Onlooker, TestMember | null>;

beforeAll(async () => {
  app = await startTestApp();
  const proven = await student(app, { ...adaProfile, college: 'What I call it' });
  await memberChanged(app, proven, proof);
  real = {
    visitor: null,
    member: await student(app, { ...adaProfile, college: 'Elsewhere' }),
    college_mate: await student(app, { ...adaProfile, college: ' SEEN college' }),
    verified_college_mate: proven,
  };
});
afterAll(() => app.close());

const seenAs = async (owner: TestMember, viewer: Onlooker) => {
  const answer = await app.request('GET /users/me/profile/seen-as/{viewer}', { as: owner, params: { viewer } });
  expect(answer.status).toBe(200);
  return answer.body;
};

async function expectSameAsReal(owner: TestMember): Promise<Record<Onlooker, boolean>> {
  const shown: Partial<Record<Onlooker, boolean>> = {};
  for (const viewer of Object.keys(real) as Onlooker[]) {
    const { status, body } = await app.request('GET /users/{id}/profile', {
      params: { id: owner.id },
      as: real[viewer],
    });
    const profile: Profile | null = status === 200 ? body : null;
    expect(await seenAs(owner, viewer), viewer).toEqual({ visible: profile !== null, profile });
    shown[viewer] = profile !== null;
  }
  return shown as Record<Onlooker, boolean>;
}

const owners = (['public', 'members', 'college', 'private'] as const).flatMap((visibility) =>
  [true, false].flatMap((isProven) =>
    ['Ada', ' '].map((first_name) => ({ visibility, isProven, first_name, name: first_name.trim() || 'unnamed' })),
  ),
);

test.each(owners)(
  'is what real viewers get of a $visibility profile (proven: $isProven, $name)',
  async ({ visibility, isProven, first_name }) => {
    const owner = await student(app, { ...adaProfile, first_name, college, visibility, skills: ['Go'] });
    if (isProven) await memberChanged(app, owner, proof);
    await expectSameAsReal(owner);
  },
);

test('tells those who merely name my college from those who have proven it', async () => {
  const owner = await student(app, { ...adaProfile, college, visibility: 'college' });
  const everybody = { visitor: false, member: false, college_mate: true, verified_college_mate: true };
  expect(await expectSameAsReal(owner)).toEqual(everybody);
  await memberChanged(app, owner, proof);
  expect(await expectSameAsReal(owner)).toEqual({ ...everybody, college_mate: false });
});

test('has no college mates for somebody without a college', async () => {
  const owner = await student(app, { ...adaProfile, college: ' ', visibility: 'college' });
  for (const viewer of ['college_mate', 'verified_college_mate'] as const) {
    expect(await seenAs(owner, viewer)).toEqual({ visible: false, profile: null });
  }
});

test('is there for an account of this moment, and knows no other viewers', async () => {
  expect(await seenAs(await app.member(), 'member')).toEqual({ visible: false, profile: null });
  const answer = await app.request('GET /users/me/profile/seen-as/{viewer}', {
    as: await app.member(),
    params: { viewer: 'admin' as never },
  });
  expect(answer.status).toBe(422);
});
