/** The picture of a page for shared links, as SVG. A card is decided by what it shows alone, so equal facts are equal text. */
import type { Profile } from '@collabthon/contracts/profiles';
import type { Project } from '@collabthon/contracts/projects';
import type { Locale } from '@collabthon/contracts/shapes';
import { createTranslator } from 'use-intl/core';
import ar from './messages/ar.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };
import hi from './messages/hi.json' with { type: 'json' };
import {
  colors,
  createSheet,
  drawDisc,
  drawLevel,
  drawTable,
  HEIGHT,
  MARGIN,
  type Sheet,
  WIDTH,
} from './sharing-drawing.ts';
import { directionOf, display, drawable, measure, plain, setTitle } from './typeset.ts';

type Messages = typeof en;
export const catalogues: Record<Locale, Messages> = { en, es, hi, ar };

const translatorOf = (locale: Locale) => createTranslator({ locale, messages: catalogues[locale] });
const translators = { en: translatorOf('en'), es: translatorOf('es'), hi: translatorOf('hi'), ar: translatorOf('ar') };

/** Pixels between the start and the drawing beside it. */
const COLUMN = 660;
const FOOT = 512;
const TABLE = { x: 940, y: 308 };

export function homeCard(locale: Locale): string {
  const t = translators[locale];
  const sheet = createSheet(directionOf(t('homeBegin')));
  sheet.brand(display);
  const begin = setTitle(t('homeBegin'), { typeface: display, sizes: [76, 70, 64], width: COLUMN, most: 1 });
  const lead = setTitle(t('homeLead'), { typeface: plain, sizes: [32], width: COLUMN - 60, most: 3 });
  const leading = Math.round(begin.size * leadingOf(t('homeBegin')));
  const first = Math.round((HEIGHT + 60 - leading - 70 - lead.lines.length * 46) / 2 + begin.size * 0.6);

  const title = { x: MARGIN, size: begin.size, typeface: display };
  sheet.text(begin.lines.join(' '), { ...title, y: first });
  sheet.text(t('homeEnd'), { ...title, y: first + leading, isMarked: true });
  for (const [at, line] of lead.lines.entries()) {
    const y = first + leading + 84 + at * 46;
    sheet.text(line, { x: MARGIN, y, size: lead.size, typeface: plain, fill: colors.soft });
  }
  drawTable(sheet, { ...TABLE, taken: 5, free: 1 });
  return sheet.toSvg();
}

export function projectCard(project: Project, locale: Locale): string {
  const t = translators[locale];
  const owner = project.owner.is_former ? t('formerMember') : nameOf(project.owner);
  const title = drawable(project.title) || t('projectBy', { name: owner });
  const sheet = createSheet(directionOf(title));
  sheet.brand(display);

  const seats = project.roles.reduce((sum, role) => sum + role.seats, 0);
  const taken = project.roles.reduce((sum, role) => sum + Math.min(role.taken, role.seats), 0);
  const isOpen = project.status === 'open';
  const free = isOpen ? seats - taken : 0;
  drawTitle(sheet, title, { below: [enumerate(sought(project), COLUMN)], bottom: FOOT, width: COLUMN });
  // The owner sits at the table as well, and where no seats are named, whoever asks may get one.
  drawTable(sheet, { ...TABLE, taken: taken + 1, free: isOpen && seats === 0 ? 1 : free });

  const state = drawable(isOpen && seats > 0 ? t('free', { free }) : t(`status.${project.status}`));
  const end = WIDTH - MARGIN;
  const fill = isOpen ? colors.accent : colors.ink;
  sheet.rule(FOOT);
  const stateWidth = sheet.text(state, { x: end, y: 572, size: 34, typeface: display, fill, ends: true });
  const college = drawable(project.owner.college ?? '');
  const width = end - stateWidth - 40 - MARGIN;
  sheet.text(owner, { x: MARGIN, y: 571, size: 30, typeface: plain, width, after: college });
  return sheet.toSvg();
}

export function personCard(profile: Profile, locale: Locale): string {
  const t = translators[locale];
  const { major, year } = profile;
  const fullName = `${profile.first_name} ${profile.last_name}`.trim();
  const name = nameOf({ name: fullName, username: profile.username });
  const sheet = createSheet(directionOf(name));
  sheet.brand(display);

  const when = year === 0 ? '' : year <= 8 ? t('yearOfStudy', { year }) : t('graduates', { year: String(year) });
  const studies = [major, when].map(drawable).filter(Boolean).join(' · ');
  const skills = profile.skill_levels
    .toSorted((one, other) => other.level - one.level || one.name.localeCompare(other.name))
    .map((skill) => ({ name: drawable(skill.name), level: skill.level }))
    .filter((skill) => skill.name !== '')
    .slice(0, 6);
  const bottom = HEIGHT - 60 - (skills.length > 0 ? 20 : 0) - Math.ceil(skills.length / 2) * 50;
  const below = [studies, drawable(profile.college)].filter(Boolean);
  drawTitle(sheet, name, { below, bottom, width: COLUMN + 60, most: 2 });
  drawDisc(sheet, fullName || profile.username, {
    x: 1010,
    y: Math.round((104 + bottom) / 2),
    radius: 118,
    typeface: display,
  });
  if (skills.length > 0) {
    sheet.rule(bottom);
    drawSkills(sheet, skills, bottom + 54);
  }
  return sheet.toSvg();
}

/** A title with lines below it, in the middle of the room that is left for them. */
function drawTitle(
  sheet: Sheet,
  title: string,
  { below, bottom, width, most = 3 }: { below: string[]; bottom: number; width: number; most?: number },
): void {
  const top = 132;
  const leading = leadingOf(title);
  const lines = below.filter(Boolean);
  const ascent = (size: number) => size * (leading - 0.34);
  const descent = (size: number) => size * (leading - 0.88) + 8;
  const lineHeight = 44;
  /** Below the last baseline, for what hangs from it, and air. */
  const foot = 24;
  const heightOf = (size: number, count: number) =>
    ascent(size) + (count - 1) * size * leading + descent(size) + lines.length * lineHeight + foot;
  const room = bottom - top;
  const sizes = [88, 76, 66, 58, 50].filter((size) => heightOf(size, most) <= room);
  const set = setTitle(title, { typeface: display, sizes, width, most });

  let y = top + (room - heightOf(set.size, set.lines.length)) / 2 + ascent(set.size);
  for (const [at, line] of set.lines.entries()) {
    if (at > 0) y += set.size * leading;
    sheet.text(line, { x: MARGIN, y: Math.round(y), size: set.size, typeface: display });
  }
  y += descent(set.size);
  for (const line of lines) {
    y += lineHeight;
    sheet.text(line, { x: MARGIN, y: Math.round(y), size: 32, typeface: plain, fill: colors.soft, width });
  }
}

/** Two columns, the strongest first. */
function drawSkills(sheet: Sheet, skills: { name: string; level: number }[], first: number): void {
  const gap = 64;
  const column = (WIDTH - 2 * MARGIN - gap) / 2;
  for (const [at, { name, level }] of skills.entries()) {
    const x = MARGIN + (at % 2) * (column + gap);
    const y = first + Math.floor(at / 2) * 50;
    sheet.text(name, { x, y, size: 30, typeface: plain, width: column - 80 });
    drawLevel(sheet, level, { x: x + column - 51, y });
  }
}

/** Line height as a share of the size: letters with marks above and below need more room than Latin ones. */
const leadingOf = (text: string) => (/[\p{Script=Arabic}\p{Script=Devanagari}]/u.test(text) ? 1.32 : 1.08);

/** A name that our faces can draw; usernames always are. */
const nameOf = (person: { name: string; username: string }) => drawable(person.name) || drawable(person.username);

/** The roles that a project asks for, or the skills where it names no roles. */
function sought(project: Project): string[] {
  const names = project.roles.length > 0 ? project.roles.map((role) => role.name) : project.required_skills;
  return [...new Set(names.map(drawable).filter(Boolean))];
}

/** As many of the words as fit in a line, and how many more there are. */
function enumerate(words: string[], width: number): string {
  for (let count = words.length; count > 1; count--) {
    const rest = words.length - count;
    const line = [...words.slice(0, count), ...(rest > 0 ? [`+${rest}`] : [])].join(' · ');
    if (measure(line, plain, 32) <= width) return line;
  }
  return words[0] ?? '';
}
