import type { Match, MatchFactor } from '@collabthon/contracts/discovery';
import { useTranslations } from 'use-intl';
import { ChevronIcon } from '../../components/icons.tsx';
import { useFactText } from './fact-text.ts';

/** The score as a number in a ring that fills with it; a dash when nothing is known. */
export function Score({ score, size = 'small' }: { score: number | null; size?: 'small' | 'large' }) {
  const t = useTranslations('match');
  const reach = 2 * Math.PI * 19;
  return (
    <span className={`relative inline-grid shrink-0 place-items-center ${size === 'large' ? 'size-24' : 'size-12'}`}>
      <svg viewBox="0 0 44 44" className="absolute inset-0 -rotate-90" aria-hidden="true" focusable="false">
        <circle cx="22" cy="22" r="19" fill="none" strokeWidth="4" className="stroke-well" />
        {score === null ? null : (
          <circle
            cx="22"
            cy="22"
            r="19"
            fill="none"
            strokeWidth="4"
            strokeLinecap="round"
            className="stroke-fit"
            strokeDasharray={`${(reach * score) / 100} ${reach}`}
          />
        )}
      </svg>
      <span
        aria-hidden="true"
        className={`relative font-display font-bold ${size === 'large' ? 'text-3xl' : 'text-base'}`}
      >
        {score ?? '–'}
      </span>
      <span className="sr-only">{score === null ? t('unknownScore') : t('score', { score })}</span>
    </span>
  );
}

/** Every factor with its points, and what is unknown said as unknown. The points sum to the score. */
export function FactorList({ factors }: { factors: readonly MatchFactor[] }) {
  const t = useTranslations('match');
  const factText = useFactText();
  return (
    <ul className="divide-y divide-rule">
      {factors.map((factor) => {
        const text = factText(factor);
        return (
          <li key={factor.factor} className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 py-3">
            <span className="font-medium">{t(`factor.${factor.factor}`)}</span>
            <span className={factor.points === null ? 'text-sm text-faint' : 'text-sm font-semibold tabular-nums'}>
              {factor.points === null ? t('unknown') : t('points', { points: factor.points, max: factor.max })}
            </span>
            {factor.points === null ? null : (
              <meter
                className="sr-only"
                min={0}
                max={factor.max || 1}
                value={factor.points}
                aria-label={t(`factor.${factor.factor}`)}
              />
            )}
            {factor.points === null ? null : (
              <svg
                className="col-span-2 h-1.5 w-full rtl:-scale-x-100"
                viewBox="0 0 100 6"
                preserveAspectRatio="none"
                aria-hidden="true"
                focusable="false"
              >
                <rect width="100" height="6" rx="3" className="fill-well" />
                <rect
                  width={factor.max > 0 ? (factor.points / factor.max) * 100 : 0}
                  height="6"
                  rx="3"
                  className="fill-fit"
                />
              </svg>
            )}
            <span className="col-span-2 text-sm text-soft">
              {factor.points === null ? t(`unknownText.${factor.factor}`) : text}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** The score in one line, which opens to its reasons. */
export function MatchDetails({ score, factors, about }: Match & { about: string }) {
  const t = useTranslations('match');
  return (
    <details className="group/match">
      <summary className="inline-flex list-none items-center gap-3 rounded-full pe-3 hover:bg-well">
        <Score score={score} />
        <span className="font-medium">
          {t('why')}
          <span className="sr-only"> {t('whyAbout', { about })}</span>
        </span>
        <ChevronIcon className="size-4 transition-transform group-open/match:rotate-180" />
      </summary>
      <div className="mt-2 max-w-xl ps-4">
        <FactorList factors={factors} />
      </div>
    </details>
  );
}
