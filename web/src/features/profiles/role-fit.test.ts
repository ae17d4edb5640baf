import { expect, it } from 'vitest';
import { fitsOf } from './role-fit.ts';

const role = (id: number, skillId: number | null, level: number | null = null, taken = 0) => ({
  id,
  name: `Role ${id}`,
  skill: skillId === null ? null : { id: skillId, name: `Skill ${skillId}` },
  level,
  seats: 1,
  taken,
});
const skill = (skill_id: number, level: number) => ({
  skill_id,
  name: `Skill ${skill_id}`,
  level,
  years: null,
  evidence_url: null,
});

it('puts roles that somebody can take first, and says why the others are not', () => {
  const fits = fitsOf([role(1, 10), role(2, 20, 4), role(3, null), role(4, 20, 2)], [skill(20, 3)]);
  expect(fits.map(({ role: { id }, verdict }) => [id, verdict])).toEqual([
    [4, 'has'],
    [3, 'any'],
    [2, 'below'],
    [1, 'lacks'],
  ]);
});

it('leaves out roles without a free seat', () => {
  expect(fitsOf([role(1, null, null, 1)], [])).toEqual([]);
});
