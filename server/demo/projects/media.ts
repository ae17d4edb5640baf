import { type ProjectBlueprint, role } from './blueprint.ts';

export const media: ProjectBlueprint[] = [
  {
    title: 'Short film: the last projectionist',
    description:
      'Fourteen minutes, one location, two actors. Mr. Okafor has run the projector at the Rialto for 41 years and the cinema closes in spring. The script is fiction, the projector is real and so is he.\n\nShooting on four nights after the last show. We have a camera and lenses from the school. Missing: sound recordist, a gaffer who can work with 200 watts, and an editor who joins before the shoot.',
    skills: ['Filmmaking', 'Audio Engineering', 'Video Editing'],
    roles: [
      role('Sound recordist', 'Audio Engineering', 3),
      role('Gaffer', 'Filmmaking', 2),
      role('Editor', 'Video Editing', 3),
    ],
    college: 'lagooncity',
    by: 'Film and Media',
    budget: { min: 200000, max: 380000, currency: 'NGN' },
    timeline: 'Shoot in January, festival deadline 1 April',
    hours: 12,
    place: 'Rialto cinema, Lagoon City',
  },
  {
    title: 'Podcast: my first winter',
    description:
      'Students from warm countries tell about their first winter: the coat, the dark, the friend who explained black ice. Ten episodes of 15 minutes. Five interviews are recorded and some of them made me cry on a bus.\n\nI can interview, I cannot edit. Looking for an editor with taste, and music that does not sound like a bank.',
    skills: ['Podcasting', 'Audio Engineering', 'Music Composition'],
    roles: [
      role('Audio editor', 'Audio Engineering', 2),
      role('Composer', 'Music Composition', 2),
      role('Producer', 'Podcasting', 2),
    ],
    college: 'birkenfels',
    by: 'Journalism',
    timeline: 'First episode with the first snow',
    hours: 5,
  },
  {
    title: 'Documentary about the women who fix the fishing nets',
    description:
      'They sit behind the harbour from four in the morning and know everything. We have their trust because my aunt is one of them. Half an hour, mostly hands and talk, subtitled in Spanish and English.\n\nLooking for a cinematographer who can be quiet and somebody to subtitle with care for dialect.',
    skills: ['Filmmaking', 'Storytelling', 'Translation'],
    roles: [
      role('Cinematographer', 'Filmmaking', 3),
      role('Subtitles', 'Translation', 3),
      role('Colour grading', 'DaVinci Resolve', 2),
    ],
    college: 'sierraclara',
    by: 'Film and Media',
    budget: { max: 25000, currency: 'MXN' },
    timeline: '5 months, mornings',
    hours: 9,
    place: 'Puerto Viejo',
  },
  {
    title: 'Stop-motion music video with 3,000 tea bags',
    description:
      'The band is called Night Bus, the song is two minutes fifty, and the hero is a tea bag who wants to see the sea. Storyboard is done. We animate at 12 frames a second in a basement with no windows, which is perfect for continuity and bad for morale.\n\nAnimators of any level who are careful with their hands. Tea is provided.',
    skills: ['Animation', 'Photography', 'After Effects'],
    roles: [
      role('Animator', 'Animation', 1, 4),
      role('Compositor', 'After Effects', 2),
      role('Set builder', 'Prototyping', 1, 2),
    ],
    college: 'northmoor',
    by: 'Film and Media',
    budget: { min: 350, max: 500, currency: 'GBP' },
    timeline: '7 weekends',
    hours: 8,
    place: 'Northmoor, film basement',
  },
  {
    title: 'Campus radio drama in three languages',
    description:
      'A detective who only speaks Tamil, a witness who only speaks Mandarin, and an interpreter who lies. Six episodes, live on campus radio, with foley done in front of the microphone. Scripts for three episodes exist and are in good shape.\n\nVoices wanted, foley artists wanted (coconuts supplied), and a director who can count us in.',
    skills: ['Screenwriting', 'Sound Design', 'Tamil'],
    roles: [
      role('Voice actor', null, null, 4),
      role('Foley and sound', 'Sound Design', 2),
      role('Tamil dialogue coach', 'Tamil', 3),
      role('Mandarin dialogue coach', 'Mandarin Chinese', 3),
    ],
    college: 'tamarind',
    by: 'Journalism',
    timeline: 'On air in March',
    hours: 4,
    place: 'Studio 2, Tamarind Coast',
  },
  {
    title: 'An album recorded in stairwells',
    description:
      'The concrete stairwell of the chemistry building has a reverb of 4.1 seconds. I measured. Eight songs in eight stairwells, one microphone pair, no overdubs, and a map so that people can listen where it was made.\n\nSingers and a cellist who do not mind being walked past. Also somebody to make the map nice.',
    skills: ['Music Production', 'Audio Engineering', 'Web Performance'],
    roles: [
      role('Recording engineer', 'Audio Engineering', 2),
      role('Singer', null, null, 3),
      role('Web map', 'JavaScript', 2),
    ],
    college: 'calder',
    by: 'Music Technology',
    budget: { max: 350, currency: 'USD' },
    timeline: 'One stairwell each week',
    hours: 4,
    place: 'Calder Bay campus',
  },
  {
    title: 'The student paper goes data: one investigation a month',
    description:
      'We asked for every parking fine on campus since 2019 and got it, as 1,100 scanned pages. That is story one. Story two is canteen prices, story three is who teaches the evening courses.\n\nWe look for reporters who are not afraid of spreadsheets and a developer who makes charts that load on the phone. The paper has 9,000 readers and an editor who checks everything twice.',
    skills: ['Journalism', 'Data Analysis', 'Data Visualization'],
    roles: [
      role('Data reporter', 'Data Analysis', 2, 2),
      role('Chart developer', 'Data Visualization', 2),
      role('Copy editor', 'Editing', 3),
    ],
    college: 'harborlight',
    by: 'Journalism',
    budget: { min: 600, max: 1000, currency: 'USD' },
    timeline: 'Monthly',
    hours: 6,
  },
  {
    title: 'Comic anthology: letters home',
    description:
      'Twelve comics of four pages, each drawn from a real letter or voice message that somebody sent home in the first year away. Stories collected, permissions signed. Six artists are in, six places are free.\n\nBlack and one spot colour, risograph. You get ten copies and the joy of ink under your nails.',
    skills: ['Illustration', 'Creative Writing', 'InDesign'],
    roles: [
      role('Comic artist', 'Illustration', 2, 6),
      role('Editor', 'Creative Writing', 3),
      role('Riso printing and layout', 'InDesign', 2),
    ],
    college: 'harborlight',
    by: 'Graphic Design',
    budget: { max: 1100, currency: 'USD' },
    timeline: 'Printed by the book fair in May',
    hours: 4,
  },
];
