/** What the people whom a visitor signs in as have going on, told by hand. */

export interface Part {
  /** Of the project. */
  title: string;
  /** Absent: anybody who is able. */
  username?: string;
  kind: 'application' | 'invitation';
  outcome: 'pending' | 'accepted';
  /** Index among the roles of the project. */
  role: number;
  daysAgo: number;
  message?: string;
}

const busTimes = 'Open-source bus times for Calder Bay, minus the ads';

export const parts: Part[] = [
  {
    title: busTimes,
    username: 'leo',
    kind: 'application',
    outcome: 'pending',
    role: 1,
    daysAgo: 2,
    message:
      'Hi Maya! I build small Svelte sites and I am slightly obsessed with first paint. I am nine hours ahead of you, so I would work while you sleep. Can I start with the stop page?',
  },
  {
    title: busTimes,
    username: 'test_user',
    kind: 'application',
    outcome: 'pending',
    role: 0,
    daysAgo: 5,
    message:
      'I read your GTFS decoder and have one idea for the memory. Happy to write the matching of buses to shapes.',
  },
  { title: busTimes, kind: 'application', outcome: 'pending', role: 0, daysAgo: 8 },
  { title: busTimes, kind: 'application', outcome: 'pending', role: 1, daysAgo: 6 },
  { title: busTimes, kind: 'application', outcome: 'pending', role: 0, daysAgo: 3 },
  {
    title: 'Accessible exam timer that works with every screen reader',
    username: 'leo',
    kind: 'invitation',
    outcome: 'pending',
    role: 1,
    daysAgo: 1,
    message:
      'Hi Leo, you list accessibility and JavaScript, a rare pair. Four weeks, a real exam at the end. Would you look at it?',
  },
  {
    title: 'Repair café with receipts: what did we really save?',
    username: 'leo',
    kind: 'application',
    outcome: 'accepted',
    role: 2,
    daysAgo: 9,
    message:
      'I have been to the last three repair evenings and would love to build the log. Svelte, big buttons, works with oily fingers.',
  },
];
