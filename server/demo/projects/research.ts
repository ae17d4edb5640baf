import { type ProjectBlueprint, role } from './blueprint.ts';

export const research: ProjectBlueprint[] = [
  {
    title: 'Do students sleep worse in rooms above the tram line?',
    description:
      'Forty volunteers, two weeks, a sleep diary and a sound logger under the pillow. Ethics approval came through on Monday. We already know that everyone says yes; we want to know whether it is the noise, the light or the rent.\n\nI need help with the mixed-effects model and with keeping forty tired people filling in a diary. Co-authors are named for real work, in the order that we agree on in week one.',
    skills: ['Statistics', 'R', 'Psychology'],
    roles: [
      role('Statistician', 'R', 3),
      role('Participant coordinator', 'Psychology', 1),
      role('Sound logger firmware', 'Microcontrollers', 2),
    ],
    college: 'birkenfels',
    by: 'Psychology',
    timeline: 'Measuring in February, paper by June',
    hours: 5,
  },
  {
    title: 'Yoruba speech corpus from market radio',
    description:
      'Speech recognition for Yoruba fails on tone and on the way people actually switch to English mid-sentence. A community station gives us 600 hours of call-in shows under a written licence. We segment, transcribe and publish 40 hours of it properly, with tone marks.\n\nTranscribers are paid per hour of audio. If you speak Yoruba and can hear the difference between ọkọ́ and ọkọ̀, we want you.',
    skills: ['Natural Language Processing', 'Python', 'Translation'],
    roles: [
      role('Transcriber', 'Translation', 3, 4),
      role('Speech engineer', 'Natural Language Processing', 2),
      role('Data steward', 'Data Engineering', 2),
    ],
    college: 'lagooncity',
    by: 'Linguistics',
    budget: { min: 600000, max: 900000, currency: 'NGN' },
    timeline: '6 months',
    hours: 8,
  },
  {
    title: 'Reproducing five famous psychology studies in one semester',
    description:
      'Each team takes one classic finding, preregisters, runs it with at least 150 people and publishes whatever comes out. We picked studies that need no deception and no laboratory. Two are running; the anchoring one is at 90 participants.\n\nGood for anyone who wants a first paper and is ready to report a null result with a straight face.',
    skills: ['Research', 'Statistics', 'Scientific Writing'],
    roles: [
      role('Study lead', 'Research', 2, 3),
      role('Analysis in R', 'R', 2, 2),
      role('Editor', 'Scientific Writing', 3),
    ],
    college: 'northmoor',
    by: 'Psychology',
    timeline: 'One semester',
    hours: 6,
  },
  {
    title: 'What lives on a campus door handle',
    description:
      'Swab, plate, sequence, map. We sampled 60 door handles in a pilot and found mostly what you would expect and two things that we did not. The full run compares copper-coated handles with steel ones over six weeks.\n\nWe have bench time on Thursdays and a sequencing budget for 96 samples. Somebody who can turn 16S reads into a figure that a facilities manager understands would be gold.',
    skills: ['Laboratory Techniques', 'Bioinformatics', 'Data Visualization'],
    roles: [
      role('Bench work', 'Laboratory Techniques', 2, 2),
      role('Bioinformatician', 'Bioinformatics', 2),
      role('Figures', 'Data Visualization', 2),
    ],
    college: 'tamarind',
    by: 'Biology',
    budget: { min: 1500, max: 2400, currency: 'SGD' },
    timeline: '12 weeks',
    hours: 7,
    place: 'Wet lab 4, Tamarind Coast',
  },
  {
    title: 'Grain boundaries and chocolate: a materials science outreach paper',
    description:
      'Tempering chocolate is crystal engineering with a better smell. We measure hardness, gloss and melting of six tempering recipes, show the phase diagram, and write it so that a school class can repeat it with a fridge and a thermometer.\n\nThe hardness tester is booked. Needs a second pair of hands and a photographer who can make cocoa butter look dramatic.',
    skills: ['Materials Science', 'Scientific Writing', 'Photography'],
    roles: [role('Experimenter', 'Materials Science', 1), role('Photographer', 'Photography', 2)],
    college: 'birkenfels',
    by: 'Physics',
    budget: { max: 200, currency: 'EUR' },
    timeline: '6 weeks',
    hours: 3,
    place: 'Birkenfels, materials lab',
  },
  {
    title: 'Who gets picked? Group work and gender in 400 lab teams',
    description:
      'The engineering school lets students form their own lab groups. We have five years of anonymised group lists and grades, with the approval of the ethics board, and want to know who ends up with whom and whether assigned groups do better.\n\nNetwork analysis plus twenty interviews. I do the interviews. I am honest about my statistics: I need someone who is better at them.',
    skills: ['Sociology', 'Statistics', 'Python'],
    roles: [role('Network analysis', 'Python', 3), role('Interviewer', 'Sociology', 2)],
    college: 'sierraclara',
    by: 'Psychology',
    timeline: 'Conference deadline in May',
    hours: 6,
  },
  {
    title: 'Small primes, big pictures: visual proofs for number theory',
    description:
      'I write short visual proofs that can be checked by looking. Twelve are done on paper. The goal is a site where each proof is an animation that you can drag, with the formal proof next to it in Lean, line by line.\n\nI am a mathematician who can barely centre a div.',
    skills: ['Mathematics', 'JavaScript', 'Animation'],
    roles: [role('Interactive graphics', 'JavaScript', 3), role('Proof checker', 'Mathematics', 3)],
    college: 'northmoor',
    by: 'Mathematics',
    hours: 4,
  },
  {
    title: 'Satellite night lights and power cuts, block by block',
    description:
      'Official figures say 20 hours of supply a day. People say something else. VIIRS night light data plus a diary kept by 70 shopkeepers gives us both sides. We have eight months of diaries, in three notebooks and one shoebox.\n\nWe look for somebody at home with raster data and a patient person to type in the shoebox.',
    skills: ['Geographic Information Systems', 'Python', 'Economics'],
    roles: [
      role('Remote sensing', 'Geographic Information Systems', 3),
      role('Data entry and checking', 'Excel', 1, 2),
      role('Economist', 'Econometrics', 2),
    ],
    college: 'lagooncity',
    by: 'Economics',
    budget: { min: 150000, max: 250000, currency: 'NGN' },
    timeline: 'Report in 4 months',
    hours: 6,
  },
];
