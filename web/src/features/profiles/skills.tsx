import type { ProfileSkill } from '@collabthon/contracts/profiles';
import { useTranslations } from 'use-intl';
import { ExternalLink } from '../../components/external-link.tsx';

export const levels = [1, 2, 3, 4] as const;
export type Level = (typeof levels)[number];

export const isLevel = (value: number): value is Level => (levels as readonly number[]).includes(value);

/** Four strokes, as many filled as the level; the word says it too. */
export function LevelStrokes({ level, className = 'h-3 w-7.5' }: { level: number; className?: string }) {
  return (
    <svg viewBox="0 0 30 12" className={`shrink-0 ${className}`} aria-hidden="true" focusable="false">
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

/** All skills as a ladder, the strongest rung on top; each with its years and its proof. */
export function SkillLadder({ skills }: { skills: readonly ProfileSkill[] }) {
  const t = useTranslations('skills');
  const rungs = levels
    .toReversed()
    .map((level) => ({ level, held: skills.filter((skill) => skill.level === level) }))
    .filter(({ held }) => held.length > 0);
  return (
    <dl className="divide-y divide-rule border-b border-rule">
      {rungs.map(({ level, held }) => (
        <div key={level} className="grid gap-x-6 gap-y-2 py-4 first:pt-0 sm:grid-cols-[11rem_1fr]">
          <dt className="flex items-center gap-3 self-start font-semibold">
            <LevelStrokes level={level} className="h-4 w-10" />
            {t(`level.${level}`)}
          </dt>
          <dd>
            <ul className="flex flex-wrap gap-x-6 gap-y-1.5">
              {held.map((skill) => (
                <li key={skill.skill_id} className="flex flex-wrap items-baseline gap-x-2">
                  <bdi className="font-medium">{skill.name}</bdi>
                  {skill.years ? <span className="text-sm text-soft">{t('years', { years: skill.years })}</span> : null}
                  {skill.evidence_url ? (
                    <span className="text-sm">
                      <ExternalLink href={skill.evidence_url}>
                        {t.rich('evidence', {
                          skill: skill.name,
                          hidden: (chunks) => <span className="sr-only">{chunks}</span>,
                        })}
                      </ExternalLink>
                    </span>
                  ) : null}
                </li>
              ))}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
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
          <bdi>{skill.name}</bdi>
          <LevelStrokes level={skill.level} />
          <span className="sr-only">{isLevel(skill.level) ? t(`level.${skill.level}`) : null}</span>
        </li>
      ))}
      {sorted.length > limit ? <li className="text-faint">{t('more', { count: sorted.length - limit })}</li> : null}
    </ul>
  );
}
