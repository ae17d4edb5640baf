import type { ProfileSkill } from '@collabthon/contracts/profiles';
import { useTranslations } from 'use-intl';
import { ExternalLink } from '../../components/external-link.tsx';

export const levels = [1, 2, 3, 4] as const;
export type Level = (typeof levels)[number];

export const isLevel = (value: number): value is Level => (levels as readonly number[]).includes(value);

/** Four strokes, as many filled as the level; the word says it too. */
export function LevelStrokes({ level }: { level: number }) {
  return (
    <svg viewBox="0 0 30 12" className="h-3 w-7.5 shrink-0" aria-hidden="true" focusable="false">
      {levels.map((step) => (
        <rect
          key={step}
          x={(step - 1) * 8}
          y={9 - step * 2}
          width="5"
          height={3 + step * 2}
          rx="1.2"
          className={step <= level ? 'fill-fit' : 'fill-rule'}
        />
      ))}
    </svg>
  );
}

/** All skills, the strongest first, each with its level, years and evidence. */
export function SkillTable({ skills }: { skills: readonly ProfileSkill[] }) {
  const t = useTranslations('skills');
  const sorted = [...skills].sort((one, other) => other.level - one.level || one.name.localeCompare(other.name));
  return (
    <ul className="grid gap-x-10 sm:grid-cols-2">
      {sorted.map((skill) => (
        <li key={skill.skill_id} className="flex items-center gap-3 border-b border-rule py-2.5">
          <span className="me-auto min-w-0 font-medium">{skill.name}</span>
          {skill.evidence_url ? (
            <span className="text-sm">
              <ExternalLink href={skill.evidence_url}>{t('evidence')}</ExternalLink>
            </span>
          ) : null}
          <span className="text-sm text-soft">
            {isLevel(skill.level) ? t(`level.${skill.level}`) : null}
            {skill.years ? <span className="text-faint"> {t('years', { years: skill.years })}</span> : null}
          </span>
          <LevelStrokes level={skill.level} />
        </li>
      ))}
    </ul>
  );
}

/** The few strongest skills, for a list row. */
export function SkillSummary({ skills, limit = 5 }: { skills: readonly ProfileSkill[]; limit?: number }) {
  const t = useTranslations('skills');
  const sorted = [...skills].sort((one, other) => other.level - one.level);
  return (
    <ul aria-label={t('title')} className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {sorted.slice(0, limit).map((skill) => (
        <li key={skill.skill_id} className="inline-flex items-center gap-1.5">
          {skill.name}
          <LevelStrokes level={skill.level} />
          <span className="sr-only">{isLevel(skill.level) ? t(`level.${skill.level}`) : null}</span>
        </li>
      ))}
      {sorted.length > limit ? <li className="text-faint">{t('more', { count: sorted.length - limit })}</li> : null}
    </ul>
  );
}
