import { useFormatter, useTranslations } from 'use-intl';
import { useDay } from '../../lib/format.ts';
import type { ActivityResult } from './api.ts';

type Measure = keyof ActivityResult['totals'];

const HEIGHT = 40;

/** A small picture of each measure, a bar a day; the figures themselves stand in a table that can be opened. */
export function ActivityChart({ result }: { result: ActivityResult }) {
  const t = useTranslations('admin.reports');
  const day = useDay();
  const format = useFormatter();
  const { totals, days, counted_since } = result;
  const measures = Object.keys(totals) as Measure[];
  const written = (count: number | null) => (count === null ? t('absent') : format.number(count));
  return (
    <figure className="flex flex-col gap-5">
      <dl className="grid gap-x-8 gap-y-6 sm:grid-cols-2">
        {measures.map((measure) => (
          <div key={measure}>
            <dt className="eyebrow">{t(`measure.${measure}`)}</dt>
            <dd>
              <span className="font-display text-2xl font-semibold tabular-nums">{written(totals[measure])}</span>
              <Bars counts={days.map((one) => one[measure])} />
            </dd>
          </div>
        ))}
      </dl>
      <figcaption className="text-sm text-soft">{t('since', { day: day(counted_since) })}</figcaption>
      <details>
        <summary className="cursor-pointer py-2.5 font-medium">{t('table')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys, too. */}
        <section aria-label={t('table')} tabIndex={0} className="max-h-96 overflow-auto border border-rule">
          <table className="w-full text-sm tabular-nums">
            <thead>
              <tr>
                <th scope="col" className="p-2 text-start">
                  {t('day')}
                </th>
                {measures.map((measure) => (
                  <th key={measure} scope="col" className="p-2 text-end">
                    {t(`measure.${measure}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.map((one) => (
                <tr key={one.day} className="border-t border-rule">
                  <th scope="row" className="p-2 text-start font-normal whitespace-nowrap">
                    {day(one.day)}
                  </th>
                  {measures.map((measure) => (
                    <td key={measure} className="p-2 text-end whitespace-nowrap">
                      {written(one[measure])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}

/** Days that were not counted are a faint field, so that they do not look like days on which nothing happened. */
function Bars({ counts }: { counts: readonly (number | null)[] }) {
  const most = Math.max(1, ...counts.map((count) => count ?? 0));
  const absent = counts.findIndex((count) => count !== null);
  const uncounted = absent < 0 ? counts.length : absent;
  return (
    <svg
      viewBox={`0 0 ${counts.length} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
      className="mt-2 block h-16 w-full border-b border-ink rtl:-scale-x-100"
    >
      <rect width={uncounted} height={HEIGHT} className="fill-well" />
      <path
        className="fill-accent"
        d={counts
          .map((count, at) =>
            count ? `M${at} ${HEIGHT}V${(HEIGHT * (1 - count / most)).toFixed(2)}h.8V${HEIGHT}z` : '',
          )
          .join('')}
      />
    </svg>
  );
}
