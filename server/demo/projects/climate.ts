import { type ProjectBlueprint, role } from './blueprint.ts';

export const climate: ProjectBlueprint[] = [
  {
    title: 'Solar phone charging cart for the night market',
    description:
      'Forty stalls share one diesel generator, mostly to charge phones and run LED strips. A cart with 400 W of second-hand panels and LFP cells could replace half of it. Load measurements are done: 2.6 kWh a night.\n\nWe need power electronics done safely, a cart that two people can push over kerbs, and a business model in which a stall pays less than it does for diesel.',
    skills: ['Renewable Energy', 'Circuit Design', 'Business Strategy'],
    roles: [
      role('Power electronics', 'Circuit Design', 3),
      role('Mechanical builder', 'Mechanical Design', 2),
      role('Business model', 'Business Strategy', 2),
    ],
    college: 'lagooncity',
    by: 'Mechanical Engineering',
    budget: { min: 700000, max: 1000000, currency: 'NGN' },
    timeline: 'One cart running in 5 months',
    hours: 9,
    place: 'Oju night market',
  },
  {
    title: 'Heat map of our dorms, with 60 borrowed thermometers',
    description:
      'In July the top floor of tower 3 was 34 °C at midnight. Housing says complaints are anecdotal. We hand out 60 loggers for one month, compare floors and façades, and model what shutters would do.\n\nBuilding physics or architecture students especially, but anyone who can knock on doors is half of the project.',
    skills: ['Data Analysis', 'Architecture', 'Thermodynamics'],
    roles: [
      role('Building physics', 'Thermodynamics', 2),
      role('Data analyst', 'Data Analysis', 2),
      role('Door knocker', null, null, 4),
    ],
    college: 'sahyagiri',
    by: 'Civil Engineering',
    budget: { max: 18000, currency: 'INR' },
    timeline: 'Measure in April, report in June',
    hours: 4,
    place: 'Sahyagiri towers 1 to 4',
  },
  {
    title: 'Kelp farm in a shipping container: nutrient model',
    description:
      'A start-up up the coast grows sugar kelp for restaurants and lets us use two tanks. We want a simple, validated model of growth against light, flow and nitrate, so that they stop guessing. Twelve weeks of data from the first tank are clean.\n\nA modeller and a biologist, please, and somebody who does not mind being wet at six in the morning.',
    skills: ['Biology', 'MATLAB', 'Chemistry'],
    roles: [
      role('Modeller', 'MATLAB', 2),
      role('Marine biologist', 'Biology', 2),
      role('Tank keeper', 'Laboratory Techniques', 1, 2),
    ],
    college: 'calder',
    by: 'Biology',
    budget: { min: 1000, max: 1800, currency: 'USD' },
    timeline: 'Two growth cycles',
    hours: 6,
    place: 'Calder Bay, pier 4',
  },
  {
    title: 'Repair café with receipts: what did we really save?',
    description:
      'Our monthly repair café fixed 214 things last year. Sponsors ask for kilograms of CO2. Most published factors are wishful. We log every repair with weight, fault and outcome and compute a careful lower bound with sources.\n\nWanted: a person who likes life cycle data, a person who can fix toasters, and a front end for the log that works with oily fingers.',
    skills: ['Environmental Science', 'Circuit Design', 'Svelte'],
    roles: [
      role('Life cycle analyst', 'Environmental Science', 2),
      role('Repairer', 'Circuit Design', 2, 3),
      role('Web developer', 'Svelte', 2),
    ],
    college: 'birkenfels',
    by: 'Environmental Science',
    hours: 4,
    place: 'Birkenfels, Werkstatt am Fluss',
  },
  {
    title: 'Rainwater garden behind the law faculty',
    description:
      'The car park floods the moot court every time. The grounds team agreed to give up six spaces for a rain garden if students design and plant it. Soil tests are done (bad), the drainage plan is not.\n\nCivil engineers for the sizing, botanists for plants that like wet feet and droughts, and about thirty people with shovels on one Saturday.',
    skills: ['Civil Engineering', 'AutoCAD', 'Biology'],
    roles: [
      role('Drainage design', 'Civil Engineering', 3),
      role('Drawings', 'AutoCAD', 2),
      role('Planting plan', 'Biology', 2),
      role('Volunteer coordinator', 'Event Management', 1),
    ],
    college: 'northmoor',
    by: 'Civil Engineering',
    budget: { min: 2000, max: 3500, currency: 'GBP' },
    timeline: 'Dig on the last Saturday of March',
    hours: 5,
    place: 'Northmoor law faculty',
  },
  {
    title: 'Food waste scale for canteens that bins cannot argue with',
    description:
      'A load cell under each bin and a screen that says "today: 41 kg, yesterday: 38". Nothing else. The pilot in canteen 2 lowered plate waste by 17 % in three weeks and then somebody unplugged it.\n\nVersion two: battery, sealed, cleanable, and a weekly mail to the kitchen with the dishes that came back.',
    skills: ['Embedded Systems', 'Internet of Things', 'Industrial Design'],
    roles: [
      role('Embedded developer', 'Embedded Systems', 2),
      role('Industrial designer', 'Industrial Design', 2),
      role('Data and mails', 'Python', 1),
    ],
    college: 'tamarind',
    by: 'Environmental Science',
    budget: { min: 800, max: 1300, currency: 'SGD' },
    timeline: 'Four canteens next term',
    hours: 6,
    place: 'Tamarind Coast canteens',
  },
  {
    title: 'Cool routes: walking directions that follow the shade',
    description:
      'Shortest path in 38 °C is not the best path. We compute shade for every pavement hour by hour from building heights and tree crowns, and route along it. A Python prototype gives routes for the centre and my mother uses it, screenshots only.\n\nIt wants to become a fast mobile site. Routing people, map people, people who sweat.',
    skills: ['Geographic Information Systems', 'Rust', 'React'],
    roles: [role('Routing engine', 'Rust', 3), role('Map front end', 'React', 2), role('Field checks', null, null, 3)],
    college: 'sierraclara',
    by: 'Computer Science',
    budget: { max: 9000, currency: 'MXN' },
    timeline: 'Before the next heat season',
    hours: 7,
  },
  {
    title: 'Costumes and sets of the theatre school, catalogued for reuse',
    description:
      'Every production buys new because nobody knows what is in the four storage rooms. We photograph, measure and tag 2,000 pieces and put them in a searchable catalogue for all schools in the city.\n\nPhotographers with speed, a person who likes taxonomies, and a developer to keep us from using a spreadsheet forever.',
    skills: ['Photography', 'Database Design', 'Next.js'],
    roles: [
      role('Photographer', 'Photography', 2, 2),
      role('Cataloguer', 'Database Design', 1),
      role('Web developer', 'Next.js', 2),
    ],
    college: 'harborlight',
    by: 'Film and Media',
    budget: { max: 700, currency: 'USD' },
    timeline: '3 months of Fridays',
    hours: 4,
    place: 'Harborlight theatre store',
  },
];
