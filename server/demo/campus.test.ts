import { describe, expect, it } from 'vitest';
import { makeCampus } from './campus.ts';
import { projectBlueprints } from './projects/index.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const campus = makeCampus({ seed: 1, now });
const DAY = 86_400_000;

const states = (items: readonly { status?: string }[]) => [...new Set(items.map(({ status }) => status))].sort();

describe('the demo campus', () => {
  it('is the same for the same seed and another for another', () => {
    expect(makeCampus({ seed: 1, now })).toEqual(campus);
    expect(makeCampus({ seed: 2, now }).students).not.toEqual(campus.students);
  });

  it('has 300 students of different names and 80 different projects', () => {
    expect(campus.students).toHaveLength(300);
    expect(new Set(campus.students.map(({ account }) => account.username))).toHaveProperty('size', 300);
    expect(new Set(campus.students.map(({ account }) => account.email.toLowerCase()))).toHaveProperty('size', 300);
    expect(campus.posts).toHaveLength(80);
    expect(new Set(projectBlueprints.map(({ title }) => title))).toHaveProperty('size', 80);
  });

  it('uses usernames that registering would take, and domains that nobody can own', () => {
    for (const { account } of campus.students) {
      expect(account.username).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_.-]{2,29}$/);
      expect(account.email).toMatch(/\.example$/);
    }
  });

  it('shows every state of projects and requests', () => {
    expect(states(campus.posts)).toEqual(['cancelled', 'completed', 'draft', 'expired', 'in_progress', 'open']);
    expect(states(campus.requests)).toEqual(['accepted', 'cancelled', 'pending', 'rejected']);
    expect(new Set(campus.requests.map(({ kind }) => kind))).toEqual(
      new Set(['application', 'invitation', 'connection']),
    );
    expect(new Set(campus.requests.map(({ reason }) => reason))).toEqual(
      new Set([null, 'declined', 'withdrawn', 'role_filled', 'project_closed', 'expired', 'member_left']),
    );
  });

  it.each([1, 2, 3, 4, 5])('tells a story that could have happened, with seed %i', (seed) => {
    const { students, posts, requests, talks } = makeCampus({ seed, now });
    for (const [at, post] of posts.entries()) {
      const about = requests.filter(({ project }) => project === at);
      for (const [role, { seats = 1 }] of post.roles.entries()) {
        const taken = about.filter((request) => request.role === role && request.status === 'accepted').length;
        expect(taken).toBeLessThanOrEqual(seats);
        if (taken === seats)
          expect(about.some((request) => request.role === role && request.status === 'pending')).toBe(false);
      }
      const people = about.map((request) => (request.kind === 'invitation' ? request.receiver : request.sender));
      expect(new Set(people).size).toBe(people.length);
      expect(people).not.toContain(post.owner);
      expect(Date.parse(post.created_at)).toBeLessThan(now);
    }
    for (const request of requests) {
      const [asked, answered] = [Date.parse(request.created_at), Date.parse(request.updated_at)];
      expect(answered).toBeGreaterThanOrEqual(asked);
      expect(answered).toBeLessThan(now);
      expect(request.sender).not.toBe(request.receiver);
      expect(students[request.receiver]?.profile.visibility).not.toBe('private');
      if (request.project !== null) expect(asked).toBeGreaterThan(Date.parse(posts[request.project]?.created_at ?? ''));
      if (request.status === 'pending') expect(now - asked).toBeLessThan(14 * DAY);
      expect(request.message ?? '').not.toMatch(/[{}]/);
    }
    for (const { members, messages } of talks) {
      const times = messages.map(({ sent_at }) => Date.parse(sent_at));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times.at(-1)).toBeLessThan(now);
      for (const { sender } of messages) expect(members).toContain(sender);
    }
  });
});
