/** A believable campus from a seed: the same people, projects and requests each time. Pure. */
import { makeStudents, type Student } from './people.ts';
import { makePosts, type Post } from './posts.ts';
import { createRandom } from './random.ts';
import { makeRequests, type Request } from './requests.ts';
import { makeTalks, type Talk } from './talks.ts';

export interface Campus {
  students: Student[];
  /** Oldest first. */
  posts: Post[];
  /** Oldest first. */
  requests: Request[];
  talks: Talk[];
}

/** @param now milliseconds since 1970; all dates are relative to it */
export function makeCampus({ seed, now }: { seed: number; now: number }): Campus {
  const random = createRandom(seed);
  const students = makeStudents(random, now);
  const posts = makePosts(random, students, now);
  const requests = makeRequests(random, students, posts, now);
  return { students, posts, requests, talks: makeTalks(random, posts, requests, now) };
}
