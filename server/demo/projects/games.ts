import { type ProjectBlueprint, role } from './blueprint.ts';

export const games: ProjectBlueprint[] = [
  {
    title: 'Lighthouse keeper: a game about doing nothing well',
    description:
      'You keep a lighthouse for one real week. The game wants five minutes of your day: trim the wick, write the log, look at the weather, sometimes a ship. No score. A first build in Godot runs and three people cried at the storm, one of them from a bug.\n\nI write and program. I look for a pixel artist with a feeling for fog, and for music that can be ignored.',
    skills: ['Godot', 'Game Design', 'Music Composition'],
    roles: [
      role('Pixel artist', 'Illustration', 3),
      role('Composer', 'Music Composition', 2),
      role('Godot developer', 'Godot', 2),
    ],
    college: 'harborlight',
    by: 'Game Design',
    timeline: 'Demo for the spring festival',
    hours: 7,
  },
  {
    title: 'Two-player puzzle game for people who share one phone',
    description:
      'Long-distance couples have apps. Couples on one sofa have nothing. A cooperative puzzle where each player may only touch their half of the screen and you have to talk. Twelve levels are playable and my flatmates are fighting.\n\nUnity, portrait, free. Looking for level designers who can be mean in a nice way.',
    skills: ['Unity', 'C#', 'Game Design'],
    roles: [
      role('Level designer', 'Game Design', 2, 2),
      role('Unity developer', 'Unity', 2),
      role('Sound designer', 'Sound Design', 2),
    ],
    college: 'calder',
    by: 'Game Design',
    budget: { max: 600, currency: 'USD' },
    timeline: '40 levels by June',
    hours: 6,
  },
  {
    title: 'VR chemistry bench where you are allowed to blow things up',
    description:
      'First-years may not make mistakes with acids. In our headset lab they may: pour, heat, mix, and see what the textbook only threatens. Reactions are simulated from real data, not scripted, which is the hard and interesting part.\n\nThe department lends us eight headsets on Fridays and will use it for the safety induction if it holds up.',
    skills: ['Unreal Engine', 'Virtual Reality', 'Chemistry'],
    roles: [
      role('Unreal developer', 'Unreal Engine', 3),
      role('Chemist', 'Chemistry', 3),
      role('3D modeller', 'Blender', 2),
    ],
    college: 'birkenfels',
    by: 'Computer Science',
    budget: { min: 800, max: 1400, currency: 'EUR' },
    timeline: 'Safety induction next October',
    hours: 8,
  },
  {
    title: 'Ludo, but the board is Lagoon City traffic',
    description:
      'Ludo rules, danfo buses for pieces, go-slow on Thursdays and a police checkpoint that you can talk your way through. The paper version is loud and works. Now we make the phone version, local multiplayer first because data is expensive.\n\nWe look for an artist who has drawn a danfo before and a programmer who can do Bluetooth without crying.',
    skills: ['Android', 'Game Design', 'Illustration'],
    roles: [
      role('Android developer', 'Kotlin', 3),
      role('Illustrator', 'Illustration', 2),
      role('Playtester', null, null, 4),
    ],
    college: 'lagooncity',
    by: 'Software Engineering',
    budget: { min: 180000, max: 260000, currency: 'NGN' },
    timeline: '3 months',
    hours: 6,
  },
  {
    title: 'Text adventure in Nahuatl and Spanish',
    description:
      'A small interactive story in which you learn enough Nahuatl to order breakfast, find a lost dog and apologise to an aunt. My grandmother corrects the dialogues. Built with Ink, runs in a browser.\n\nNeeds a web developer for the reader, an illustrator, and speakers who will disagree with my grandmother, politely.',
    skills: ['Creative Writing', 'JavaScript', 'Spanish'],
    roles: [role('Web developer', 'JavaScript', 2), role('Illustrator', 'Illustration', 2), role('Nahuatl speaker')],
    college: 'sierraclara',
    by: 'Linguistics',
    timeline: 'Three chapters by Easter',
    hours: 4,
  },
  {
    title: 'Cricket manager that a spreadsheet person would love',
    description:
      'Ball-by-ball simulation of a domestic T20 season, run locally, with every probability visible. I fitted batting and bowling models on public ball-by-ball data and they predict scores about as well as my uncle, which is to say well.\n\nLooking for a front end that is a pleasure at three in the morning, and somebody to break my models.',
    skills: ['Python', 'Statistics', 'Vue.js'],
    roles: [role('Front-end developer', 'Vue.js', 2), role('Statistician', 'Statistics', 3)],
    college: 'sahyagiri',
    by: 'Data Science',
    hours: 5,
  },
  {
    title: 'Ghost tour: an AR walk through the old harbour',
    description:
      'Stand where the fish market was, hold up the phone, see 1926. We have 40 scanned glass plates from the city archive, matched to street corners to within a metre. A historian in our team makes sure that the ghosts tell the truth.\n\nAR is not new to me, making it robust in bright sun is. Also wanted: voices of dead sailors.',
    skills: ['Augmented Reality', 'Unity', 'Storytelling'],
    roles: [
      role('AR developer', 'Augmented Reality', 3),
      role('Writer', 'Storytelling', 2),
      role('Voice actor', null, null, 3),
    ],
    college: 'tamarind',
    by: 'Interaction Design',
    budget: { min: 1200, max: 2000, currency: 'SGD' },
    timeline: 'Heritage week in August',
    hours: 6,
    place: 'Old harbour',
  },
  {
    title: 'Game jam for people who have never made a game',
    description:
      '48 hours, teams of four drawn from a hat, one person in each who has done it before. Last year 61 people came and 14 games ran on Sunday night, including one about a printer.\n\nWe organise the second edition: mentors, a sponsor for food that is not pizza, a schedule in which people sleep, and a page where all games can be played.',
    skills: ['Event Management', 'Fundraising', 'Game Development'],
    roles: [
      role('Mentor', 'Game Development', 2, 6),
      role('Sponsor contact', 'Fundraising', 2),
      role('Web page', 'Astro', 1),
    ],
    college: 'northmoor',
    by: 'Game Design',
    budget: { min: 500, max: 1200, currency: 'GBP' },
    timeline: 'First weekend of March',
    hours: 4,
    place: 'Northmoor, Turing floor',
  },
];
