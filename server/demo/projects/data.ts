import { type ProjectBlueprint, role } from './blueprint.ts';

export const data: ProjectBlueprint[] = [
  {
    title: 'Which canteen queue is shortest, predicted from the timetable',
    description:
      'The registrar publishes room bookings. The canteen publishes what it sold per 15 minutes. Put together they say when 400 people leave lecture hall A and want noodles. My first model is off by 40 people at noon, which is the difference between 3 and 12 minutes.\n\nI want to do this properly: features, a baseline that is hard to beat, honest evaluation, and a page that shows the uncertainty.',
    skills: ['Time Series Analysis', 'Python', 'Data Visualization'],
    roles: [
      role('Forecasting', 'Time Series Analysis', 2),
      role('Web developer', 'FastAPI', 2),
      role('Visualisation', 'Data Visualization', 2),
    ],
    college: 'tamarind',
    by: 'Data Science',
    timeline: '10 weeks',
    hours: 5,
  },
  {
    title: 'Reading 19th-century ship logs with a neural network',
    description:
      'The port archive scanned 212 logbooks: wind, pressure, position, three times a day, in handwriting. Climate researchers want the numbers. Off-the-shelf handwriting models get half of the digits right; the tables are the problem, not the letters.\n\nLooking for somebody who likes table structure more than leaderboards, and for people who will label with us on Sunday evenings with music.',
    skills: ['Computer Vision', 'PyTorch', 'Data Engineering'],
    roles: [
      role('Vision engineer', 'Computer Vision', 3),
      role('Labelling', null, null, 6),
      role('Data pipeline', 'Data Engineering', 2),
    ],
    college: 'northmoor',
    by: 'Data Science',
    timeline: 'First 20 logbooks by summer',
    hours: 6,
  },
  {
    title: 'An honest benchmark of study-planning chatbots',
    description:
      'Everyone has an opinion, nobody has numbers. We give twelve realistic student weeks to six assistants, let academic advisers grade the plans blind, and publish prompts, answers and scores. Rubric and ethics are ready.\n\nNo hype, no takedown. If the best one is a paper calendar, that is the headline.',
    skills: ['Generative AI', 'Research', 'Statistics'],
    roles: [
      role('Evaluation engineer', 'Python', 2),
      role('Statistics', 'Statistics', 3),
      role('Adviser interviews', 'UX Research', 2),
    ],
    college: 'calder',
    by: 'Data Science',
    budget: { max: 400, currency: 'USD' },
    timeline: '2 months',
    hours: 5,
  },
  {
    title: 'Onion prices, explained weekly',
    description:
      'Prices at 26 wholesale markets are public but buried in PDFs. We scrape them every night (it works, mostly), and want to write one clear chart and 120 words each Friday: what moved, where, why. A farmer cooperative with 900 members asked for it in Marathi and Hindi.\n\nScraper needs love, the text needs an economist, the chart needs taste.',
    skills: ['Web Scraping', 'Economics', 'Data Visualization'],
    roles: [
      role('Scraper maintenance', 'Web Scraping', 2),
      role('Economist', 'Economics', 2),
      role('Marathi writer', 'Marathi', 3),
      role('Charts', 'Data Visualization', 2),
    ],
    college: 'sahyagiri',
    by: 'Economics',
    budget: { min: 8000, max: 15000, currency: 'INR' },
    hours: 4,
  },
  {
    title: 'Course reviews you can trust: sampling instead of shouting',
    description:
      'Open review sites hear from those who loved it and those who failed. We ask a random 15 % of each course three short questions, by mail, once, and show results with error bars. The pilot in two departments had a 58 % response rate.\n\nNext: a small PostgreSQL and Python service with privacy done right (no names stored, k-anonymity before anything is shown).',
    skills: ['PostgreSQL', 'Python', 'Statistics'],
    roles: [
      role('Backend developer', 'PostgreSQL', 3),
      role('Survey statistician', 'Statistics', 2),
      role('Privacy reviewer', 'Law', 2),
    ],
    college: 'birkenfels',
    by: 'Mathematics',
    timeline: 'Six departments next term',
    hours: 5,
  },
  {
    title: 'Mapping every street tree with a bicycle and a phone',
    description:
      'The city knows of 11,000 trees. We think there are 19,000. Ride, film, detect, geolocate, then let neighbours correct species on a map. The detector works by day; bougainvillea is our nemesis.\n\nWe want machine learning help, riders, and one botanist with patience for our guesses.',
    skills: ['Computer Vision', 'Geographic Information Systems', 'React'],
    roles: [
      role('Detection model', 'PyTorch', 3),
      role('Map front end', 'React', 2),
      role('Botanist', 'Biology', 2),
      role('Rider', null, null, 5),
    ],
    college: 'sierraclara',
    by: 'Environmental Science',
    budget: { min: 4000, max: 7000, currency: 'MXN' },
    timeline: 'Three districts by May',
    hours: 5,
    place: 'Sierra Clara, on a bike',
  },
  {
    title: 'Fair shift plans for the student-run café',
    description:
      "Thirty baristas, exams at different times, and one person who always gets Sunday. I log swaps and complaints for a term and now have a clear picture of who pays for other people's preferences. The plan: a solver with a fairness account that carries over from week to week.\n\nSmall, real, used on Monday. Great first optimisation project.",
    skills: ['Operations Research', 'Python', 'React'],
    roles: [role('Optimisation', 'Operations Research', 1), role('React developer', 'React', 2)],
    college: 'harborlight',
    by: 'Business Administration',
    hours: 3,
  },
  {
    title: 'How far does lecture Wi-Fi reach? A measured coverage map',
    description:
      'IT says coverage is 98 %. The back row of hall C says otherwise. A phone app records signal and throughput while you sit in lectures (opt-in, location by seat number, not GPS), and we draw a map per seat.\n\nIT support is on board and even a bit excited. Needs an Android developer and somebody to do the spatial statistics without fooling us.',
    skills: ['Android', 'Networking', 'Statistics'],
    roles: [
      role('Android developer', 'Android', 2),
      role('Network measurements', 'Networking', 2),
      role('Spatial statistics', 'R', 2),
    ],
    college: 'lagooncity',
    by: 'Electrical Engineering',
    timeline: '3 months',
    hours: 5,
    place: 'Lagoon City main campus',
  },
];
