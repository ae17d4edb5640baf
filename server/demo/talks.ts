/** What teams of the demo have written to each other. */
import type { Post } from './posts.ts';
import type { Random } from './random.ts';
import type { Request } from './requests.ts';

export interface Talk {
  /** Index of the project among the posts. */
  project: number;
  /** Indexes of the people among the students, the owner first. */
  members: number[];
  /** Oldest first. */
  messages: { sender: number; text: string; sent_at: string }[];
}

const HOUR = 3_600_000;

/** 0 is the owner of the project, the others are whoever comes next. */
const threads: [speaker: number, text: string][][] = [
  [
    [0, 'Welcome! Shall we say Tuesdays at six, in the room behind the library café?'],
    [1, 'Tuesday works. I can bring the projector cable that nobody ever has.'],
    [0, 'You are hired twice.'],
    [2, 'I am ten minutes late each week, my lab ends at six. Start without me.'],
    [1, 'We start with tea, so nobody will notice.'],
  ],
  [
    [
      1,
      'I read everything that is there so far. Two questions: who decides about the name, and is it too late to ask?',
    ],
    [0, 'Nobody, and no. What would you call it?'],
    [1, 'Something that one can say on the phone without spelling it.'],
    [0, 'That rules out all four on my list. Thank you, I think.'],
  ],
  [
    [0, 'The first version runs on my machine. “Runs” is a strong word, but it starts.'],
    [1, 'It starts here too! The second button does nothing, is that on purpose?'],
    [0, 'It is honest: there is nothing behind it yet.'],
    [2, 'I can take what is behind the second button. Friday?'],
    [0, 'Friday is perfect.'],
    [1, 'Then I write the test that says when it works.'],
  ],
  [
    [0, 'I have talked to five people who would use this. Four want the thing that we wanted to leave out.'],
    [1, 'Of course they do. How big is it?'],
    [0, 'Two weeks, if we drop the animations.'],
    [1, 'Nobody has ever missed an animation. Drop them.'],
  ],
  [
    [1, 'Sorry for the silence, exams. I am back from Thursday on.'],
    [0, 'How did they go?'],
    [1, 'One of them went.'],
    [0, 'Your part waited for you. Nothing is on fire.'],
    [2, 'Almost nothing.'],
  ],
  [
    [
      0,
      'Minutes of today: we keep the blue one, the form gets shorter by half, and next time somebody else writes the minutes.',
    ],
    [1, 'I second the last point.'],
    [2, 'The form is down to four fields. The fifth was asking for a fax number.'],
    [0, 'Leave no trace of it.'],
  ],
  [
    [1, 'The tutor says that we may use the workshop on Saturdays if two of us have done the safety course.'],
    [0, 'I did it last year, does that still count?'],
    [1, 'It does. I go on Wednesday, then we are two.'],
    [0, 'Then the first cut is on Saturday. Bring old shoes.'],
  ],
];

export function makeTalks(random: Random, posts: Post[], requests: Request[], now: number): Talk[] {
  return posts.flatMap((post, project) => {
    const accepted = requests.filter((request) => request.project === project && request.status === 'accepted');
    if (accepted.length === 0) return [];
    const joined = accepted.map(({ kind, sender, receiver }) => (kind === 'invitation' ? receiver : sender));
    const members = [post.owner, ...joined];
    const begun = Math.max(...accepted.map(({ updated_at }) => Date.parse(updated_at)));
    const thread = random.pick(threads);
    // A few minutes or half a day between two of them, and all of it over by now.
    const step = Math.min(random.between(1, 40) * (HOUR / 4), (now - begun) / (thread.length + 1));
    const messages = thread.map(([speaker, text], at) => ({
      sender: members[speaker % members.length] ?? post.owner,
      text,
      sent_at: new Date(begun + (at + 0.5 + random.next() / 2) * step).toISOString(),
    }));
    return [{ project, members, messages }];
  });
}
