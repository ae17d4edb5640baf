import { type ProjectBlueprint, role } from './blueprint.ts';

export const social: ProjectBlueprint[] = [
  {
    title: 'Homework club in the laundromat',
    description:
      'Parents wait ninety minutes for the wash, the children wait with them. The owner on Kestrel Street gave us a table, four chairs and the wifi. We have helped with homework there every Tuesday since September; last week eleven children came and we were two.\n\nNo teaching experience needed, a clean background check is. We also want somebody to turn our pile of worksheets into something that another laundromat could copy.',
    skills: ['Teaching', 'Mentoring', 'Project Management'],
    roles: [
      role('Tutor', 'Teaching', 1, 5),
      role('Coordinator', 'Project Management', 2),
      role('Spanish speaker', 'Spanish', 3, 2),
    ],
    college: 'calder',
    by: 'Psychology',
    timeline: 'Tuesdays and Thursdays, all year',
    hours: 3,
    place: 'Kestrel Street, Calder Bay',
  },
  {
    title: 'Tool library for student flats',
    description:
      'Nobody needs to own a drill. We got a cupboard in the union building, 34 donated tools and a notebook that says who has what. It works until somebody borrows the notebook.\n\nWe want a small lending system (barcode, phone camera, reminder), opening hours with volunteers, and a repair evening once a month.',
    skills: ['Django', 'Community Management', 'UX Design'],
    roles: [
      role('Web developer', 'Django', 2),
      role('Volunteer at the counter', null, null, 6),
      role('UX designer', 'UX Design', 1),
    ],
    college: 'northmoor',
    by: 'Environmental Science',
    budget: { max: 500, currency: 'GBP' },
    hours: 3,
    place: 'Northmoor union building',
  },
  {
    title: 'Forms without fear: help desk for new arrivals',
    description:
      "Registration, health insurance, bank, phone: four forms in German that all ask for each other first. We sit in the library on Wednesdays and help people fill them in. Last month 63 people came.\n\nWe are writing a public guide with screenshots in six languages, checked by the foreigners' office. Looking for translators, a person who can structure long text, and more people at the table.",
    skills: ['Translation', 'Technical Writing', 'German'],
    roles: [
      role('Help desk volunteer', 'German', 3, 4),
      role('Arabic translator', 'Arabic', 4),
      role('Turkish translator', 'Turkish', 4),
      role('Guide editor', 'Technical Writing', 2),
    ],
    college: 'birkenfels',
    by: 'Linguistics',
    timeline: 'Guide online before the winter term',
    hours: 3,
    place: 'Birkenfels library',
  },
  {
    title: 'Night bus petition with actual numbers',
    description:
      'The last bus leaves at 23:10, the library closes at midnight. A petition exists every year and fails every year. This time we bring counts: who walks home, how far, along which streets, and what a bus at 00:20 would cost.\n\nNeeds someone who can design a short survey, someone to run a stall for a week, and someone to speak at the council without shouting.',
    skills: ['Public Policy', 'Data Analysis', 'Public Speaking'],
    roles: [
      role('Survey and analysis', 'Data Analysis', 2),
      role('Spokesperson', 'Public Speaking', 2),
      role('Stall team', null, null, 5),
    ],
    college: 'northmoor',
    by: 'Economics',
    timeline: 'Council meeting on the first Monday of March',
    hours: 3,
  },
  {
    title: 'Sign language café, every second Friday',
    description:
      'A café evening where the order is taken in sign language and the menu teaches you twelve signs. Two Deaf students run it, hearing people come and are gloriously bad at it. We moved three times because it got too full.\n\nWe look for hosts, for somebody to film the twelve signs properly, and for posters that use drawings instead of words.',
    skills: ['Sign Language', 'Event Management', 'Illustration'],
    roles: [
      role('Host', 'Sign Language', 2, 3),
      role('Videographer', 'Video Editing', 2),
      role('Illustrator', 'Illustration', 2),
    ],
    college: 'sahyagiri',
    by: 'Linguistics',
    budget: { max: 8000, currency: 'INR' },
    hours: 3,
    place: 'Sahyagiri student café',
  },
  {
    title: 'Second-hand textbook swap that does not die after one term',
    description:
      'Six swap groups were started in the last three years and all of them are ghost towns. We think the trick is timing: nobody looks for a book in week nine. So this one only opens for two weeks at the start of each term, in a real room, with a list online and a price cap.\n\nNeeds a developer for a very small site, and two people who can run a room full of people holding chemistry books.',
    skills: ['Ruby on Rails', 'Event Management', 'Marketing'],
    roles: [
      role('Web developer', 'Ruby on Rails', 2),
      role('Event host', 'Event Management', 1, 2),
      role('Marketing', 'Social Media', 2),
    ],
    college: 'tamarind',
    by: 'Business Administration',
    budget: { max: 250, currency: 'SGD' },
    timeline: 'Weeks 1 and 2 of next term',
    hours: 4,
    place: 'Tamarind Coast, Hall 1',
  },
  {
    title: 'Market women learn to read their own bank messages',
    description:
      'Mobile money fraud works because the SMS is in English legalese. With two market associations we made eight voice lessons in Yoruba and Pidgin, three minutes each, played from a phone at the stall. 140 traders have heard lesson one.\n\nWe need voices, a script editor, and a person who can measure whether it changes anything.',
    skills: ['Teaching', 'Sound Design', 'Research'],
    roles: [
      role('Script editor', 'Copywriting', 2),
      role('Voice and recording', 'Sound Design', 2),
      role('Evaluation', 'Research', 2),
      role('Lesson host at the market', null, null, 4),
    ],
    college: 'lagooncity',
    by: 'Business Administration',
    budget: { min: 120000, max: 200000, currency: 'NGN' },
    timeline: '4 months',
    hours: 5,
    place: 'Balogun Road and Oju market',
  },
  {
    title: "Grandparents' recipes, tested and filmed",
    description:
      'Every student has a dish that nobody at home can write down because it is "until it looks right". We cook it with the grandparent on a video call, weigh everything in secret, and publish a recipe that works, in both languages.\n\nNine dishes done. Looking for cooks, editors for 90-second videos, and translators from anything.',
    skills: ['Video Editing', 'Translation', 'Photography'],
    roles: [
      role('Video editor', 'Video Editing', 2, 2),
      role('Translator', 'Translation', 2, 3),
      role('Food photographer', 'Photography', 2),
    ],
    college: 'sierraclara',
    by: 'Film and Media',
    hours: 3,
  },
];
