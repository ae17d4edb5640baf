import { type ProjectBlueprint, role } from './blueprint.ts';

export const software: ProjectBlueprint[] = [
  {
    title: 'Laundry room queue that texts you when a machine is free',
    description:
      'Our hall has six washers for 240 people and a sign-up sheet that nobody respects. I have a working vibration sensor on one machine (ESP32, 11 euros of parts) that knows when a cycle ends. What is missing is everything around it: a small server, a page that shows which machines are running, and a message when yours is done or when a place in the queue opens.\n\nThe house council has agreed to a one-month trial on two floors. If fewer than ten people use it after that, we write up why and stop.',
    skills: ['Node.js', 'React', 'Internet of Things'],
    roles: [
      role('Backend developer', 'Node.js', 2),
      role('Front-end developer', 'React', 2),
      role('Somebody who can solder', 'Microcontrollers', 1),
    ],
    college: 'birkenfels',
    by: 'Software Engineering',
    budget: { min: 120, max: 250, currency: 'EUR' },
    timeline: '8 weeks, trial in the last 4',
    hours: 6,
    place: 'Birkenfels, Haus C',
  },
  {
    title: 'Offline-first lecture notes for trains with no signal',
    description:
      'I commute 70 minutes each way and every notes app I have tried either loses edits or spins. I want plain Markdown files in the browser, synced with CRDTs when there is a connection, and never a conflict dialog. Prototype uses Yjs and IndexedDB and survives airplane mode already.\n\nNext: a sync server that a student society could host for a few pounds a month, and a diff view that a human can read. MIT licence from day one.',
    skills: ['TypeScript', 'Progressive Web Apps', 'Distributed Systems'],
    roles: [
      role('TypeScript developer', 'TypeScript', 3),
      role('Sync server', 'WebSockets', 2),
      role('Interface designer', 'UI Design', 2),
    ],
    college: 'northmoor',
    by: 'Computer Science',
    timeline: 'First release before the summer exams',
    hours: 5,
  },
  {
    title: 'A type checker that explains itself to first-years',
    description:
      'I have been a teaching assistant for the intro course twice. Half of the office hours are people staring at "expected a -> b, got a". I want a front end for a tiny ML-like language whose errors tell a story: which line made us believe x is a number, which line disagrees, and what the smallest fix would be.\n\nThere is good literature on type error localisation; I have the reading list and a parser. We would test it with next term\'s 300 students and write a short paper if it helps.',
    skills: ['Compilers', 'Haskell', 'Teaching'],
    roles: [role('Compiler person', 'Compilers', 3), role('Study design and interviews', 'UX Research', 2)],
    college: 'birkenfels',
    by: 'Computer Science',
    timeline: 'Two semesters',
    hours: 8,
  },
  {
    title: 'Hostel mess menu and feedback app',
    description:
      'Four hostels, four WhatsApp groups, and no one knows what is for dinner. The mess committee puts the menu into a spreadsheet every Sunday. We take the sheet, show it as a simple app with allergens, and let people rate a meal in one tap so that the committee sees numbers instead of shouting.\n\nMust run on cheap phones and 3G. Kannada, Hindi and English. The warden has promised to put the QR code on every table.',
    skills: ['Flutter', 'Firebase', 'UX Design'],
    roles: [
      role('Flutter developer', 'Flutter', 2, 2),
      role('UX designer', 'UX Design', 2),
      role('Kannada translator', 'Kannada', 3),
    ],
    college: 'sahyagiri',
    by: 'Computer Science',
    budget: { min: 5000, max: 12000, currency: 'INR' },
    timeline: '6 weeks',
    hours: 7,
  },
  {
    title: 'Timetable solver for student societies that share one hall',
    description:
      'Thirty-one societies fight over the same dance hall. I collected three terms of booking requests (with permission, no names) and a first OR-Tools model finds a plan that gives 92 % of them their first or second choice; by hand we reached 64 %.\n\nI need somebody to turn the notebook into a service with a page where a society enters its wishes, and somebody to talk to the treasurers until the constraints are what people really mean.',
    skills: ['Python', 'Operations Research', 'Django'],
    roles: [
      role('Django developer', 'Django', 2),
      role('Optimisation', 'Operations Research', 3),
      role('Interviews with societies', 'Community Management', 1),
    ],
    college: 'northmoor',
    by: 'Mathematics',
    hours: 4,
  },
  {
    title: 'Rental deposit tracker for international students',
    description:
      'Every August the same story: a landlord keeps the deposit and there are no photos. This is a phone app that walks you through your new room, asks for twelve photos, timestamps them, and gives you a PDF that both sides sign. When you move out it puts old and new pictures side by side.\n\nThe tenant advice office has looked at the sketches and will review the legal wording for free.',
    skills: ['React Native', 'Law', 'Product Design'],
    roles: [
      role('Mobile developer', 'React Native', 3),
      role('Product designer', 'Product Design', 2),
      role('Law student', 'Law', 2),
    ],
    college: 'northmoor',
    by: 'Software Engineering',
    budget: { max: 800, currency: 'GBP' },
    timeline: 'Usable by move-out in June',
    hours: 6,
  },
  {
    title: 'Open-source bus times for Calder Bay, minus the ads',
    description:
      'The county publishes GTFS-realtime. The official app shows two full-screen ads before the next bus. Ours should show the next three buses for the stop you are standing at, in under a second, with no account.\n\nBackend in Go is half done (it decodes the feed and keeps it in memory; 40 MB). Looking for a mobile-web person who cares about load time and one more pair of hands for matching buses to shapes when GPS drifts in the canyon.',
    skills: ['Go', 'Svelte', 'Web Performance'],
    roles: [role('Go developer', 'Go', 2), role('Front-end developer', 'Svelte', 2)],
    college: 'calder',
    by: 'Computer Science',
    timeline: 'No deadline, evenings',
    hours: 4,
  },
  {
    title: 'Accessible exam timer that works with every screen reader',
    description:
      'A friend who is blind sat an exam where the only clock was on the wall. Invigilators now read the time aloud, which annoys everyone. I would like a tiny web page with a timer that speaks on request, vibrates on a phone, shows large high-contrast digits, and cannot be used to cheat.\n\nSmall code, hard testing: NVDA, JAWS, VoiceOver, TalkBack. The disability office lends us the machines.',
    skills: ['Web Accessibility', 'HTML', 'Software Testing'],
    roles: [
      role('Accessibility tester', 'Web Accessibility', 3),
      role('Front-end developer', 'JavaScript', 2),
      role('Tester with a screen reader', 'Software Testing', 1, 2),
    ],
    college: 'harborlight',
    by: 'Interaction Design',
    budget: { min: 300, max: 600, currency: 'USD' },
    timeline: '5 weeks before finals',
    hours: 5,
  },
];
