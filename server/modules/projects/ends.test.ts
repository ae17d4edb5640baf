import { describe, expect, test } from 'vitest';
import { ProblemError } from '../../platform/http/problems.ts';
import { blankProject, changeProject } from './changes.ts';
import { post } from './test-projects.ts';

const now = new Date('2027-03-01T12:00:00Z');

const change = (fields: Parameters<typeof post>[0], current = blankProject) => {
  try {
    return changeProject(current, post(fields), now);
  } catch (error) {
    if (error instanceof ProblemError) return error.errors?.map(({ path }) => path);
    throw error;
  }
};

describe('ends that are too far away', () => {
  test('a project ends within two years', () => {
    expect(change({ expires_at: '2029-03-01T12:00:00Z' })).toMatchObject({ expires_at: '2029-03-01T12:00:00.000Z' });
    expect(change({ expires_at: '2029-03-01T12:00:01Z' })).toEqual(['/expires_at']);
    expect(change({ expires_at: '9999-12-31T23:59:59Z' })).toEqual(['/expires_at']);
  });

  test('a deadline lies within five years', () => {
    expect(change({ deadline: '2032-03-01' })).toMatchObject({ deadline: '2032-03-01' });
    expect(change({ deadline: '2032-03-02' })).toEqual(['/deadline']);
    expect(change({ deadline: '9999-12-31' })).toEqual(['/deadline']);
  });

  test('both are told at once, and what a project has already does not stop an edit', () => {
    const far = { deadline: '2999-01-01', expires_at: '2999-01-01T00:00:00.000Z' };
    expect(change(far)).toEqual(['/expires_at', '/deadline']);
    expect(change(far, { ...blankProject, ...far })).toMatchObject(far);
  });
});
