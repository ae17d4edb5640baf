import type { MatchFactor } from '@collabthon/contracts/discovery';
import { expect, it } from 'vitest';
import { verdictOf } from './match-facts.ts';

const skills = (points: number | null): MatchFactor[] => [{ factor: 'skills', points, max: 40, facts: {} }];

it('goes by the score where a skill is shared, or nothing is known of skills', () => {
  const verdicts = [19, 20, 45, 70].map((score) => verdictOf(score, skills(10)));
  expect(verdicts).toEqual(['little', 'some', 'good', 'strong']);
  expect(verdictOf(45, skills(null))).toBe('good');
});

it('calls nobody a fit who has none of the skills', () => {
  expect(verdictOf(60, skills(0))).toBe('little');
});
