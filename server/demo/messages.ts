/** What people write to each other. `{role}`, `{skill}`, `{title}`, `{owner}` and `{person}` are filled in. */

export const applications = [
  'Hi {owner}, I would like to join as {role}. I have about six hours a week and can start on Monday.',
  'This is exactly the thing I complained about last week. I can bring {skill}; where do I start?',
  'Hello {owner}! I read the description twice. For {role} I have done something similar in a course project and would love to do it for real.',
  'I am in my second year, so not an expert in {skill}, but I finish what I take on. Could we talk for ten minutes?',
  'Is the place as {role} still free? I have time on two evenings and most Saturdays.',
  'I worked on a similar idea last year that never got users. Yours has them already, so I want in.',
  'Hey {owner}, a friend in your seminar told me about this. I know {skill} and I own a soldering iron, in case that ever helps.',
  'I can help with {skill}. One question first: how do you decide things in the team?',
  'Applying for {role}. I will send two small samples of my work; tell me honestly if they fit.',
  'Good morning! I would join mainly to learn from the others, and I take the boring tasks.',
  'I have used {skill} for three years, mostly in my job. Not looking for money, looking for people.',
  'Count me in if there is a weekly meeting that ends on time.',
  'I live five minutes from where you meet. {role} sounds right for me.',
  'I saw that you are stuck with the part that I like most. Can I try it for two weeks and then we both decide?',
  'Hi, exchange student here until summer. I know {skill} well and would rather build something than see another museum.',
  null,
  null,
];

export const invitations = [
  'Hi {person}, your profile says {skill} and we need exactly that. Would you look at “{title}” and tell me what you think?',
  'We are three people and none of us knows {skill}. Your bio made us laugh, so I am asking you first.',
  'Hello {person}! Somebody in our lab said that you are the person for {skill}. Interested in four hours a week?',
  '{person}, we met at the project fair. The place as {role} is yours if you want it.',
  'We like how you describe your work. No pressure: read the project, ask anything.',
  'Your free hours match ours almost exactly, and the skills do too. Would you like to join us as {role}?',
];

export const connections = [
  'Hi {person}, no project yet, I just like what you do. Coffee next week?',
  'We are both interested in the same odd corner of the field. Let us stay in touch.',
  'You spoke in the seminar on Tuesday. I had no time to ask my question, so here I am.',
  'I am collecting people for the hackathon in spring. Can I ask you when it gets serious?',
  'We seem to be the only two with this combination of skills here.',
  'Hello from another college! I would like to compare notes now and then.',
  null,
];

export const fillIn = (message: string, values: Record<string, string>): string =>
  message.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
