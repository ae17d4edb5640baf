import type { Profile } from '@collabthon/contracts/profiles';
import type { Project } from '@collabthon/contracts/projects';
import { locales } from '@collabthon/contracts/shapes';
import { describe, expect, it } from 'vitest';
import { homeCard, personCard, projectCard } from './sharing-cards.ts';

const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text = '']) => text);
const baselinesOf = (svg: string) => [...svg.matchAll(/<text[^>]* y="(\d+)"/g)].map(([, y]) => Number(y));

const project = (more: object) =>
  ({
    title: 'Kite',
    status: 'open',
    roles: [],
    required_skills: [],
    owner: { name: 'Ada', username: 'ada', college: '' },
    ...more,
  }) as unknown as Project;
const person = (more: object) =>
  ({
    username: 'ada',
    first_name: '',
    last_name: '',
    college: '',
    major: '',
    year: 0,
    skill_levels: [],
    ...more,
  }) as unknown as Profile;

it.each(locales)('all words of the home are on its card in %s', (locale) => {
  const words = textsOf(homeCard(locale));
  expect(words).toContain('Collabthon');
  expect(words.join(' ')).not.toContain('…');
});

describe('the card of a project', () => {
  const role = (name: string, seats: number, taken: number) => ({ name, seats, taken });

  it('counts the seats that are free while it is open', () => {
    const roles = [role('Pilot', 3, 1), role('Weaver', 1, 1)];
    expect(textsOf(projectCard(project({ roles }), 'en'))).toEqual(
      expect.arrayContaining(['Kite', 'Pilot · Weaver', 'Ada', '2 open seats']),
    );
    expect(textsOf(projectCard(project({ roles }), 'ar'))).toContain('مقعدان شاغران');
    expect(textsOf(projectCard(project({ roles, status: 'completed' }), 'es'))).toContain('Terminado');
  });

  it('is named by its owner when no face has the letters of its title', () => {
    expect(textsOf(projectCard(project({ title: '日本語' }), 'en')).join(' ')).toContain('A project by Ada');
  });

  it('names as many roles as fit, and how many more there are', () => {
    const roles = Array.from({ length: 9 }, (_, at) => role(`Backend engineer ${at}`, 1, 0));
    expect(textsOf(projectCard(project({ roles }), 'en'))).toContain('Backend engineer 0 · Backend engineer 1 · +7');
  });
});

describe('the card of a person', () => {
  it('says what they study, and shows their strongest skills first', () => {
    const skill_levels = Array.from({ length: 9 }, (_, at) => ({ name: `Skill ${at}`, level: (at % 4) + 1 }));
    const texts = textsOf(
      personCard(
        person({ first_name: 'Ada', last_name: 'Lovelace', major: 'Mathematics', year: 2027, skill_levels }),
        'en',
      ),
    );
    expect(texts).toEqual(expect.arrayContaining(['Ada Lovelace', 'Mathematics · Class of 2027', 'AL']));
    expect(texts.filter((text) => text.startsWith('Skill'))).toEqual([3, 7, 2, 6, 1, 5].map((at) => `Skill ${at}`));
  });

  it('makes do with the name they sign in by', () => {
    expect(textsOf(personCard(person({}), 'en'))).toEqual(['Collabthon', 'ada', 'A']);
  });
});

it('however long the words are, every line stays between the mark and the lower edge', () => {
  const long = ['W'.repeat(300), 'क्ष '.repeat(80), 'كتاب '.repeat(80)];
  const skill_levels = Array.from({ length: 9 }, (_, at) => ({ name: 'W'.repeat(60), level: (at % 4) + 1 }));
  for (const text of long) {
    const cards = [
      projectCard(
        project({
          title: text,
          roles: [{ name: text, seats: 99, taken: 1 }],
          owner: { name: text, username: 'a', college: text },
        }),
        'es',
      ),
      personCard(
        person({ first_name: text, last_name: text, major: text, college: text, year: 3, skill_levels }),
        'hi',
      ),
    ];
    for (const card of cards) {
      const [brand, ...others] = baselinesOf(card);
      expect(brand).toBe(91);
      expect(Math.min(...others)).toBeGreaterThan(130);
      expect(Math.max(...others)).toBeLessThan(610);
    }
  }
});
