import { type ProjectBlueprint, role } from './blueprint.ts';

export const design: ProjectBlueprint[] = [
  {
    title: 'Wayfinding for a campus where every building is called "Main"',
    description:
      'There is Main, Old Main, New Main and Main Annex. First-years miss exams. We walked the campus with 30 lost people and mapped where they stop and turn around: nine points explain almost all of it.\n\nNow we design signs for those nine points, print them on corrugated plastic, and measure again. Facilities pays for the printing if we present in December.',
    skills: ['Graphic Design', 'UX Research', 'Typography'],
    roles: [
      role('Typographer', 'Typography', 3),
      role('Field researcher', 'UX Research', 2, 2),
      role('Model maker', 'Prototyping', 1),
    ],
    college: 'harborlight',
    by: 'Graphic Design',
    budget: { min: 700, max: 1500, currency: 'USD' },
    timeline: 'Signs up before the spring term',
    hours: 6,
    place: 'Harborlight main campus',
  },
  {
    title: 'An open typeface for Marathi and Konkani schoolbooks',
    description:
      'Textbook Devanagari is either ugly or licensed. I am drawing a sturdy text face with the conjuncts that Marathi and Konkani really use, spaced for cheap paper. 340 glyphs are drawn, about 900 to go.\n\nLooking for type designers who want to learn, a reader of Konkani who is picky, and a person who knows OpenType features. Released under the SIL licence.',
    skills: ['Typography', 'Marathi', 'Graphic Design'],
    roles: [
      role('Type designer', 'Typography', 2, 2),
      role('Marathi proofreader', 'Marathi', 4),
      role('Font engineer', 'Python', 2),
    ],
    college: 'sahyagiri',
    by: 'Graphic Design',
    budget: { min: 15000, max: 40000, currency: 'INR' },
    timeline: 'Regular weight by autumn',
    hours: 7,
  },
  {
    title: 'Redesigning the hospital discharge letter',
    description:
      'My grandmother took the wrong pill for nine days because of a table. A ward at the teaching hospital agreed to test a one-page letter with her generation: big type, one column, pictures of the pills, what to do when.\n\nWe need someone who has tested with older people, and a pharmacy or nursing student who will stop us from being dangerous.',
    skills: ['UX Research', 'Graphic Design', 'Technical Writing'],
    roles: [
      role('UX researcher', 'UX Research', 3),
      role('Information designer', 'Graphic Design', 2),
      role('Clinical reviewer'),
    ],
    college: 'northmoor',
    by: 'Interaction Design',
    timeline: '10 weeks with the ward',
    hours: 5,
    place: 'Northmoor teaching hospital',
  },
  {
    title: 'Repairable rain jacket made of broken umbrellas',
    description:
      'After every storm the metro bins are full of umbrellas. The canopy is good ripstop. I have patterns for a jacket that takes nine canopies and every seam can be opened and replaced. Three jackets exist and one went through a typhoon.\n\nI would like a small collection of eight for the graduate show and a zine with the patterns.',
    skills: ['Fashion Design', 'Photography', 'InDesign'],
    roles: [
      role('Pattern cutter', 'Fashion Design', 2, 2),
      role('Photographer', 'Photography', 3),
      role('Zine layout', 'InDesign', 2),
    ],
    college: 'tamarind',
    by: 'Graphic Design',
    budget: { min: 300, max: 700, currency: 'SGD' },
    timeline: 'Graduate show in May',
    hours: 8,
    place: 'Textile studio, Tamarind Coast',
  },
  {
    title: 'A calm design system for student unions',
    description:
      'Every union in the region pays an agency for the same website: news, rooms, elections, advice. We extract one set of accessible components with documentation, tested with four unions that already said yes.\n\nNot another dashboard kit. Forms, tables of opening hours, long text, languages. Figma library and React components stay in step from the first week.',
    skills: ['Design Systems', 'Figma', 'React'],
    roles: [
      role('Design systems lead', 'Design Systems', 3),
      role('React developer', 'React', 3, 2),
      role('Content designer', 'Copywriting', 2),
    ],
    college: 'birkenfels',
    by: 'Interaction Design',
    budget: { min: 1500, max: 3000, currency: 'EUR' },
    timeline: 'Two unions live by the end of term',
    hours: 8,
  },
  {
    title: 'Street furniture for waiting women',
    description:
      "Bus stops on the ring road have a bench for three and a light that does not work. We interviewed 54 women who wait there after 9 pm. They want sight lines, light, and something to lean on, not a sofa.\n\nWe build one prototype at full scale with the municipality's blessing (and a small grant), and watch for a month.",
    skills: ['Industrial Design', 'Architecture', 'UX Research'],
    roles: [
      role('Industrial designer', 'Industrial Design', 3),
      role('Welder or carpenter', 'Prototyping', 2),
      role('Lighting electronics', 'Circuit Design', 2),
    ],
    college: 'sierraclara',
    by: 'Architecture',
    budget: { min: 18000, max: 30000, currency: 'MXN' },
    timeline: 'Prototype on the street by March',
    hours: 7,
    place: 'Anillo Sur, stop 14',
  },
  {
    title: 'Board game box that teaches contract law',
    description:
      'Offer, acceptance, consideration, disaster. Four law students wrote the cards and they are funny if you are a law student. We need a game designer to tell us what to cut and an illustrator who can draw a very disappointed judge.\n\nPrint run of 50 is paid by the law society; sale price covers the next 50.',
    skills: ['Game Design', 'Illustration', 'Law'],
    roles: [
      role('Game designer', 'Game Design', 2),
      role('Illustrator', 'Illustration', 3),
      role('Packaging designer', 'Graphic Design', 2),
    ],
    college: 'northmoor',
    by: 'Game Design',
    budget: { min: 400, max: 900, currency: 'GBP' },
    timeline: 'At the freshers fair',
    hours: 4,
  },
  {
    title: 'Portfolio night: a pop-up gallery in the empty bank',
    description:
      'The old savings bank on Pier Street is empty until June and the owner gives us three weekends. Vault included. We want 40 students from any field showing one thing each, with labels written by somebody else.\n\nNeeds a curator who can say no, a person for lights, and a poster that people steal.',
    skills: ['Event Management', 'Branding', 'Interior Design'],
    roles: [
      role('Curator', 'Event Management', 2),
      role('Exhibition designer', 'Interior Design', 2),
      role('Poster designer', 'Branding', 2),
      role('Front of house', null, null, 4),
    ],
    college: 'harborlight',
    by: 'Graphic Design',
    budget: { min: 900, max: 1600, currency: 'USD' },
    timeline: 'Three weekends in April',
    hours: 5,
    place: 'Pier Street 12',
  },
];
