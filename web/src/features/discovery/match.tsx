/**
 * The opened score. Its picture is a carpenter's ruler: a tall stroke for every point that is there, a short one for
 * every point that is not, so that it reads without colour. All rulers of one match have the same scale, so a heavy
 * factor is a long one.
 */
import type { Match, MatchFactor, RoleFit } from '@collabthon/contracts/discovery';
import type { ProjectRole } from '@collabthon/contracts/projects';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { CheckIcon, ChevronIcon, CloseIcon, DashIcon } from '../../components/icons.tsx';
import { isLevel } from '../profiles/skills.tsx';
import { type MatchFact, ownGaps, useMatchFacts, verdictOf, type Who } from './match-facts.ts';

/** @param width as an SVG attribute, `40%` or `48` */
function Ruler({ filled, of, width = '100%' }: { filled: number; of: number; width?: string }) {
  const strokes = (from: number, upTo: number, top: number) =>
    Array.from({ length: Math.max(0, upTo - from) }, (_, index) => `M${(from + index) * 10 + 5} ${top}V16`).join('');
  return (
    <svg
      viewBox={`0 0 ${Math.max(1, of) * 10} 16`}
      width={width}
      height="16"
      preserveAspectRatio="none"
      className="block rtl:-scale-x-100"
      aria-hidden="true"
      focusable="false"
    >
      <path d={strokes(0, filled, 0)} className="stroke-fit" strokeWidth="3" vectorEffect="non-scaling-stroke" />
      <path d={strokes(filled, of, 10)} className="stroke-edge" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

/** The score as a number over a short ruler; a dash when nothing is known. */
export function Score({ score }: { score: number | null }) {
  const t = useTranslations('match');
  return (
    <span className="inline-flex w-12 shrink-0 flex-col items-center">
      <span aria-hidden="true" className="font-display text-xl font-bold leading-7 tabular-nums">
        {score ?? '–'}
      </span>
      <Ruler filled={Math.round((score ?? 0) / 10)} of={10} width="48" />
      <span className="sr-only">{score === null ? t('unknownScore') : t('score', { score })}</span>
    </span>
  );
}

interface MatchReportProps extends Match {
  /** Whose fit it is: the reader's own, with what they can do about it, or somebody else's. */
  who?: Who;
}

/** The score with its picture, every factor with its points and facts, and what is unknown said as unknown. */
export function MatchReport({ score, factors, who = 'you' }: MatchReportProps) {
  const t = useTranslations('match');
  const gaps = who === 'you' ? ownGaps(factors) : [];
  // Without a score its points add up to nothing: what is worth a word is what is not known.
  const shown = score === null ? factors.filter(({ points }) => points === null) : factors;
  const longest = Math.max(...shown.map(({ max }) => max));
  return (
    <div className="max-w-lg">
      {score === null ? (
        <p className="text-soft">{t('unknownScoreText')}</p>
      ) : (
        <div>
          <p className="flex items-baseline gap-x-2">
            <span className="font-display text-5xl leading-none font-bold tabular-nums">{score}</span>
            <span className="text-faint">{t('ofHundred')}</span>
            <span className="ms-auto font-display text-heading font-semibold">
              {t(`verdict.${verdictOf(score, factors)}`)}
            </span>
          </p>
          <div className="mt-3 border-b border-ink pb-px">
            <Ruler filled={Math.round(score / 2)} of={50} />
          </div>
          <p className="mt-2 text-sm text-faint">{t('explain')}</p>
        </div>
      )}
      <ul className="mt-3 divide-y divide-rule border-t border-rule">
        {shown.map((factor) => (
          <Factor key={factor.factor} factor={factor} longest={longest} who={who} />
        ))}
      </ul>
      {gaps.length > 0 ? (
        <p className="mt-3 text-sm text-soft">
          {t('gaps', { count: gaps.length })}{' '}
          <Link to="/settings/profile" className="link font-medium">
            {t('completeProfile')}
          </Link>
        </p>
      ) : null}
    </div>
  );
}

function Factor({ factor, longest, who }: { factor: MatchFactor; longest: number; who: Who }) {
  const t = useTranslations('match');
  const factsOf = useMatchFacts(who);
  const { points, max } = factor;
  return (
    <li className="py-3">
      <p className="flex items-baseline justify-between gap-x-4">
        <span className="font-semibold">{t(`factor.${factor.factor}`)}</span>
        {points === null ? (
          <span className="text-sm text-faint">{t('unknown')}</span>
        ) : (
          <span className="text-sm font-semibold tabular-nums">{t('points', { points, max })}</span>
        )}
      </p>
      {points === null ? null : (
        <div className="my-1.5">
          <Ruler filled={points} of={max} width={`${(100 * max) / longest}%`} />
        </div>
      )}
      <ul className="text-sm text-soft">
        {factsOf(factor).map((fact) => (
          <FactLine key={fact.text} fact={fact} />
        ))}
      </ul>
    </li>
  );
}

const signs = {
  has: <CheckIcon className="mt-0.5 size-4 text-fit" />,
  lacks: <CloseIcon className="mt-0.5 size-4 text-accent-deep" />,
  plain: <DashIcon className="mt-0.5 size-4 text-faint" />,
};

const FactLine = ({ fact: { sign, text } }: { fact: MatchFact }) => (
  <li className="flex gap-2">
    {signs[sign]}
    <span className="min-w-0">{text}</span>
  </li>
);

/** What somebody has and lacks of the skills that are asked for, in a line. */
export function SkillFacts({ factors, who }: Required<Pick<MatchReportProps, 'factors' | 'who'>>) {
  const factsOf = useMatchFacts(who);
  const skills = factors.find(({ factor, points }) => factor === 'skills' && points !== null);
  if (!skills) return null;
  return (
    <p className="text-sm text-soft">
      {factsOf(skills)
        .map(({ text }) => text)
        .join(' ')}
    </p>
  );
}

/** The score in one line, which opens to its reasons; it opens without scripts too. */
export function MatchDetails({ about, ...match }: MatchReportProps & { about: string }) {
  const t = useTranslations('match');
  const { score, factors } = match;
  return (
    <details className="group/match">
      <summary className="-ms-2 inline-flex min-h-12 list-none items-center gap-3 rounded-control ps-2 pe-3 hover:bg-well">
        <Score score={score} />
        <span className="font-medium">
          {score === null ? t('unknownScore') : t(`verdict.${verdictOf(score, factors)}`)}
          <span className="sr-only"> {t('whyAbout', { about })}</span>
        </span>
        <ChevronIcon className="size-4 transition-transform group-open/match:rotate-180" />
      </summary>
      <div className="mt-3 mb-2 border-s-4 border-fit ps-4">
        <MatchReport {...match} />
      </div>
    </details>
  );
}

/** Whether the reader could take a role, as far as its skill and level say. Nothing where it asks for no skill. */
export function RoleFitNote({ fit, role }: { fit: RoleFit | undefined; role: Pick<ProjectRole, 'skill' | 'level'> }) {
  const t = useTranslations('match.role');
  const tSkills = useTranslations('skills');
  const skill = role.skill?.name;
  if (!fit || !skill || fit.reason === 'asks_no_skill') return null;
  const levelName = (level: number | null) => (level !== null && isLevel(level) ? tSkills(`level.${level}`) : '');
  const text =
    fit.reason === 'below_level'
      ? t('below_level', { skill, mine: levelName(fit.my_level), asked: levelName(role.level) })
      : t(fit.reason, { skill });
  const sign = fit.fits === null ? 'plain' : fit.fits ? 'has' : 'lacks';
  return (
    <span className="flex gap-2 text-sm text-soft">
      {signs[sign]}
      <span className="min-w-0">{text}</span>
    </span>
  );
}
