/** What people study here, and what they therefore tend to be good at. Skills are names of the vocabulary. */

interface Study {
  /** How many study it, against the others. */
  share: number;
  /** What the subject teaches. */
  core: string[];
  /** What people pick up beside it. */
  side: string[];
}

export const majors = {
  'Computer Science': {
    share: 15,
    core: ['Python', 'Java', 'C++', 'Algorithms', 'Git', 'Linux', 'SQL', 'Operating Systems', 'C'],
    side: ['Rust', 'Go', 'React', 'Docker', 'Machine Learning', 'TypeScript', 'Haskell', 'Compilers', 'Kubernetes', 'Cybersecurity', 'PyTorch', 'Distributed Systems', 'Open Source'],
  },
  'Software Engineering': {
    share: 11,
    core: ['JavaScript', 'TypeScript', 'React', 'Node.js', 'SQL', 'Git', 'Software Testing', 'PostgreSQL', 'HTML', 'CSS'],
    side: ['Docker', 'Flutter', 'Kotlin', 'React Native', 'Vue.js', 'Svelte', 'Django', 'AWS', 'GraphQL', 'Web Accessibility', 'Next.js', 'Spring Boot', 'CI/CD', 'Swift'],
  },
  'Data Science': {
    share: 8,
    core: ['Python', 'SQL', 'Statistics', 'pandas', 'Machine Learning', 'Data Visualization', 'R'],
    side: ['PyTorch', 'scikit-learn', 'Tableau', 'Time Series Analysis', 'Natural Language Processing', 'Computer Vision', 'Data Engineering', 'dbt', 'Web Scraping', 'Generative AI'],
  },
  'Electrical Engineering': {
    share: 7,
    core: ['Circuit Design', 'C', 'Microcontrollers', 'Signal Processing', 'MATLAB', 'Embedded Systems'],
    side: ['PCB Design', 'FPGA', 'Verilog', 'Arduino', 'Raspberry Pi', 'Internet of Things', 'Control Systems', 'Python', 'Renewable Energy'],
  },
  'Mechanical Engineering': {
    share: 7,
    core: ['CAD', 'SolidWorks', 'Thermodynamics', 'Mechanical Design', 'Finite Element Analysis', 'MATLAB'],
    side: ['3D Printing', 'Fusion 360', 'Robotics', 'Arduino', 'Drones', 'ANSYS', 'Control Systems', 'Python', 'Project Management'],
  },
  'Civil Engineering': {
    share: 4,
    core: ['Structural Engineering', 'AutoCAD', 'Civil Engineering', 'Project Management'],
    side: ['Geographic Information Systems', 'Python', 'Excel', 'Architecture', 'Renewable Energy', 'Finite Element Analysis'],
  },
  Biology: {
    share: 4,
    core: ['Biology', 'Laboratory Techniques', 'Molecular Biology', 'Genetics', 'Research'],
    side: ['Bioinformatics', 'R', 'Python', 'Scientific Writing', 'Statistics', 'Photography'],
  },
  Physics: {
    share: 4,
    core: ['Physics', 'Mathematics', 'Python', 'MATLAB', 'Calculus'],
    side: ['C++', 'Julia', 'Materials Science', 'LaTeX', 'Astronomy', 'Signal Processing', 'Quantum Computing', 'Teaching'],
  },
  Mathematics: {
    share: 4,
    core: ['Mathematics', 'Statistics', 'Linear Algebra', 'LaTeX', 'Python'],
    side: ['R', 'Operations Research', 'Cryptography', 'Haskell', 'Julia', 'Teaching', 'Algorithms', 'Technical Writing'],
  },
  'Public Health': {
    share: 4,
    core: ['Research', 'Statistics', 'Public Policy', 'Scientific Writing'],
    side: ['R', 'Stata', 'Excel', 'Community Management', 'Geographic Information Systems', 'Translation', 'Hindi', 'French', 'Public Speaking'],
  },
  Psychology: {
    share: 5,
    core: ['Psychology', 'Research', 'SPSS', 'Statistics', 'UX Research'],
    side: ['R', 'Scientific Writing', 'Neuroscience', 'Mentoring', 'Public Speaking', 'Creative Writing', 'Sociology'],
  },
  Economics: {
    share: 5,
    core: ['Economics', 'Econometrics', 'Statistics', 'Excel', 'Data Analysis'],
    side: ['Stata', 'R', 'Python', 'Public Policy', 'Finance', 'Data Visualization', 'Web Scraping', 'Journalism'],
  },
  'Business Administration': {
    share: 6,
    core: ['Marketing', 'Project Management', 'Finance', 'Market Research', 'Excel'],
    side: ['Entrepreneurship', 'Fundraising', 'Event Management', 'Social Media', 'Negotiation', 'Product Management', 'Power BI', 'Copywriting', 'Public Speaking', 'Business Strategy'],
  },
  'Graphic Design': {
    share: 6,
    core: ['Graphic Design', 'Illustrator', 'Photoshop', 'Typography', 'InDesign', 'Branding'],
    side: ['Illustration', 'Figma', 'Motion Design', 'After Effects', 'Photography', 'UI Design', 'Fashion Design', 'HTML'],
  },
  'Interaction Design': {
    share: 6,
    core: ['UX Design', 'UI Design', 'Figma', 'Prototyping', 'UX Research'],
    side: ['Design Systems', 'Web Accessibility', 'HTML', 'CSS', 'Product Design', 'Industrial Design', 'JavaScript', 'Copywriting', 'Augmented Reality'],
  },
  'Film and Media': {
    share: 4,
    core: ['Filmmaking', 'Video Editing', 'Premiere Pro', 'Storytelling', 'Screenwriting'],
    side: ['DaVinci Resolve', 'After Effects', 'Photography', 'Sound Design', 'Animation', 'Podcasting', 'Translation'],
  },
  'Music Technology': {
    share: 3,
    core: ['Audio Engineering', 'Music Production', 'Sound Design', 'Music Composition'],
    side: ['C++', 'Podcasting', 'Arduino', 'Signal Processing', 'Event Management', 'Python'],
  },
  'Game Design': {
    share: 4,
    core: ['Game Design', 'Unity', 'C#', 'Game Development', 'Storytelling'],
    side: ['Godot', 'Blender', 'Unreal Engine', 'Illustration', 'Animation', '3D Modeling', 'Virtual Reality', 'Sound Design'],
  },
  'Environmental Science': {
    share: 4,
    core: ['Environmental Science', 'Geographic Information Systems', 'Research', 'Data Analysis'],
    side: ['R', 'Python', 'Biology', 'Renewable Energy', 'Public Policy', 'Community Management', 'Photography', 'Chemistry'],
  },
  Journalism: {
    share: 3,
    core: ['Journalism', 'Editing', 'Copywriting', 'Storytelling'],
    side: ['Podcasting', 'Data Analysis', 'Photography', 'Social Media', 'Video Editing', 'Translation', 'Spanish', 'Arabic', 'Law'],
  },
  Architecture: {
    share: 3,
    core: ['Architecture', 'AutoCAD', '3D Modeling', 'Prototyping'],
    side: ['Interior Design', 'Blender', 'Photography', 'Graphic Design', 'Structural Engineering', 'Industrial Design', 'Illustration'],
  },
  Linguistics: {
    share: 3,
    core: ['Research', 'Translation', 'Scientific Writing', 'Editing'],
    side: ['Python', 'Natural Language Processing', 'German', 'Spanish', 'Arabic', 'Mandarin Chinese', 'Turkish', 'Tamil', 'Sign Language', 'Teaching', 'Creative Writing'],
  },
} satisfies Record<string, Study>;

export type Major = keyof typeof majors;
export const studyOf = (major: Major): Study => majors[major];

/** What an art college does not teach, and what everyone else does. */
export const artMajors: readonly Major[] = [
  'Graphic Design', 'Interaction Design', 'Film and Media', 'Music Technology', 'Game Design', 'Journalism', 'Architecture', 'Business Administration',
];

export const shareOfMajors = Object.fromEntries(
  Object.entries(majors).map(([major, { share }]) => [major, share]),
) as Record<Major, number>;
