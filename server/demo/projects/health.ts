import { type ProjectBlueprint, role } from './blueprint.ts';

export const health: ProjectBlueprint[] = [
  {
    title: 'Insulin cool box that tells you when it fails',
    description:
      "Clay pot coolers keep insulin below 26 °C without power, until they dry out. We add a sensor, a light that a child can read and a text message to the clinic. Twenty pots are with families in two villages; four alarms so far, all real.\n\nHelp wanted with battery life (now 5 weeks, needs 26), and with a study design that the clinic's doctor will sign.",
    skills: ['Embedded Systems', 'Microcontrollers', 'Research'],
    roles: [
      role('Low-power firmware', 'Embedded Systems', 3),
      role('Study design', 'Research', 2),
      role('Field coordinator', 'Hindi', 3),
    ],
    college: 'sahyagiri',
    by: 'Public Health',
    budget: { min: 30000, max: 60000, currency: 'INR' },
    timeline: 'Six months of measurements',
    hours: 8,
  },
  {
    title: 'Peer listening line, evenings, no advice',
    description:
      'Trained students who listen, in text or voice, from 8 pm to midnight. Not therapy. The counselling service trains and supervises us and takes over when it has to. 31 listeners are trained; the rota and the chat are held together by one tired person (me).\n\nWe need a secure, boring chat with hand-over, and a rota that notices when somebody has done too much.',
    skills: ['Psychology', 'Node.js', 'Cybersecurity'],
    roles: [
      role('Listener', 'Psychology', 1, 6),
      role('Chat developer', 'Node.js', 3),
      role('Security review', 'Cybersecurity', 3),
    ],
    college: 'northmoor',
    by: 'Psychology',
    timeline: 'Second floor of users in January',
    hours: 5,
  },
  {
    title: 'Period product map and refill rota',
    description:
      'The university pays for free products in 22 toilets. On any day half of the boxes are empty, never the same half. A sticker with a QR code, one tap "empty", a route for the refill team. Took us a weekend to build, and now the other campus wants it.\n\nLooking for someone to make it multi-campus and someone to talk facilities into making it theirs.',
    skills: ['React', 'PostgreSQL', 'Public Policy'],
    roles: [
      role('Full-stack developer', 'React', 2),
      role('Campus liaison', 'Negotiation', 1),
      role('Refill team', null, null, 5),
    ],
    college: 'calder',
    by: 'Public Health',
    budget: { max: 300, currency: 'USD' },
    hours: 3,
  },
  {
    title: 'Gait analysis with one phone camera for physio students',
    description:
      'A marker-based gait lab costs as much as a flat. Pose estimation from one phone is good enough to teach with, we think: hip and knee angles within 6 degrees in our first 14 subjects. We want to know where it breaks.\n\nYou would join recording sessions in the sports lab and own either the error analysis or the teaching app.',
    skills: ['Computer Vision', 'Statistics', 'Flutter'],
    roles: [
      role('Pose estimation', 'Computer Vision', 2),
      role('Error analysis', 'Statistics', 2),
      role('App developer', 'Flutter', 2),
    ],
    college: 'birkenfels',
    by: 'Computer Science',
    timeline: '4 months',
    hours: 7,
    place: 'Sports lab, Birkenfels',
  },
  {
    title: 'Malaria in pictures: a comic for school clinics',
    description:
      'Leaflets are text and blame mothers. We wrote a 16-page comic with two nurses and a class of ten-year-olds who were strict editors. It explains nets, fever and when to go, with a goat as the narrator.\n\nPencils exist for nine pages. We look for an inker, a colourist, a Hausa and an Igbo translator, and a print shop that gives credit.',
    skills: ['Illustration', 'Storytelling', 'Public Policy'],
    roles: [
      role('Inker and colourist', 'Illustration', 2, 2),
      role('Translator', 'Translation', 3, 2),
      role('Layout', 'InDesign', 2),
    ],
    college: 'lagooncity',
    by: 'Public Health',
    budget: { min: 90000, max: 160000, currency: 'NGN' },
    timeline: 'Print before the rainy season',
    hours: 4,
  },
  {
    title: 'Quiet room finder for autistic students',
    description:
      'Noise, light and crowds decide whether a day works. Autistic students made a list of 48 places and what they are like at which hour. It should be a map that you can filter by what hurts you, and that is kept fresh by the people who use it.\n\nDesigned by autistic students; allies who can build are very welcome. Plain interface, no animation, no surprise.',
    skills: ['Web Accessibility', 'Vue.js', 'UX Research'],
    roles: [
      role('Front-end developer', 'Vue.js', 2),
      role('Accessibility specialist', 'Web Accessibility', 3),
      role('Co-design facilitator', 'UX Research', 2),
    ],
    college: 'tamarind',
    by: 'Interaction Design',
    budget: { max: 600, currency: 'SGD' },
    timeline: 'Open to all before orientation',
    hours: 4,
  },
  {
    title: 'Air quality at child height',
    description:
      "Monitors stand on roofs. Prams roll at 80 cm, next to exhaust pipes. We built nine sensor boxes for prams and school bags and calibrated them against the city's reference station. First walks show twice the roof value on three streets.\n\nWe want to turn this into a fair comparison (season, wind, time of day) and a page that a school can show to the council.",
    skills: ['Statistics', 'Arduino', 'Public Policy'],
    roles: [
      role('Statistician', 'Statistics', 3),
      role('Sensor builder', 'Arduino', 1, 2),
      role('Web page', 'Svelte', 2),
    ],
    college: 'sierraclara',
    by: 'Public Health',
    budget: { min: 5000, max: 8000, currency: 'MXN' },
    timeline: 'Report in spring',
    hours: 5,
    place: 'Centro, Sierra Clara',
  },
  {
    title: 'Medication reminder that my grandfather would not throw out',
    description:
      'He owns three and hates them all: they beep, they blink, they talk down to him. We interviewed eleven people over 75 and the winner is a wooden tray that simply lifts the right compartment. No app. The family gets nothing unless he wants it.\n\nOne wooden prototype exists. Needs a quiet mechanism, nice joinery, and honest testing at home for a month.',
    skills: ['Industrial Design', 'Mechanical Design', 'UX Research'],
    roles: [
      role('Mechanism designer', 'Mechanical Design', 2),
      role('Product designer', 'Product Design', 3),
      role('Home tester and interviewer', 'UX Research', 1, 2),
    ],
    college: 'harborlight',
    by: 'Interaction Design',
    budget: { min: 400, max: 800, currency: 'USD' },
    timeline: 'Five trays in five homes by May',
    hours: 5,
  },
];
