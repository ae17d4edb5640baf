import type { WeeklyStretch } from '@collabthon/contracts/profiles';
import { useFormatter, useTranslations } from 'use-intl';
import { ChevronIcon } from '../../components/icons.tsx';
import { useHour, useHourRange, useWeekdays } from '../../lib/format.ts';
import { firstHour } from './availability.ts';
import { DayName } from './day-name.tsx';

type Week = readonly WeeklyStretch[];

interface WeekPictureProps {
  /** Of the person whose page it is. */
  theirs: Week;
  /** Of the reader, laid over it, and what both have in common; all three in one zone. */
  mine?: Week;
  shared?: Week;
}

/** Hours that have a line and a number of their own. */
const markEvery = 3;
const unit = 14;

/**
 * One week to read, or two laid over each other. Stretches are drawn to the minute, since zones may lie half an hour
 * apart. The picture is for the eye; the same stands below it in words, for everybody where they are shared hours.
 */
export function WeekPicture({ theirs, mine, shared }: WeekPictureProps) {
  const t = useTranslations('availability');
  const long = useWeekdays('long');
  const hour = useHour();
  const first = firstHour(theirs, mine ?? []);
  const marks = Array.from({ length: (24 - first) / markEvery }, (_, at) => first + at * markEvery);
  const isComparison = mine !== undefined;
  return (
    <figure className="max-w-xl">
      <div aria-hidden="true" className="grid grid-cols-[3.75rem_repeat(7,minmax(0,1fr))] gap-x-1">
        <span />
        {long.map((name, day) => (
          <span key={name} className="pb-1.5 text-center text-xs font-medium text-soft">
            <DayName day={day} />
          </span>
        ))}
        <div className={`grid text-xs text-faint ${first === 0 ? 'grid-rows-8' : 'grid-rows-6'}`}>
          {marks.map((from) => (
            <span key={from} className="pe-2 text-end leading-none whitespace-nowrap">
              {hour(from)}
            </span>
          ))}
        </div>
        {long.map((name, day) => (
          <DayColumn key={name} day={day + 1} first={first} marks={marks} {...{ theirs, mine, shared }} />
        ))}
      </div>
      {isComparison ? (
        <ul aria-hidden="true" className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-sm text-soft">
          {(['shared', 'theirs', 'mine'] as const).map((kind) => (
            <li key={kind} className="inline-flex items-center gap-2">
              <svg viewBox="0 0 24 16" className="h-4 w-6" aria-hidden="true" focusable="false">
                <rect x="1" y="1" width="22" height="14" rx="2" className={looks[kind]} />
              </svg>
              {t(kind)}
            </li>
          ))}
        </ul>
      ) : null}
      {isComparison ? (
        <figcaption className="mt-3">
          {shared && shared.length > 0 ? <StretchList label={t('sharedCaption')} week={shared} /> : null}
          <details className="group/words mt-2">
            <summary className="inline-flex min-h-9 list-none items-center gap-1.5 text-sm font-medium">
              {t('whole')}
              <ChevronIcon className="size-4 transition-transform group-open/words:rotate-180" />
            </summary>
            <div className="mt-2 grid gap-x-10 gap-y-4 sm:grid-cols-2">
              <StretchList label={t('theirsCaption')} week={theirs} isNarrow />
              <StretchList label={t('mineCaption')} week={mine} isNarrow />
            </div>
          </details>
        </figcaption>
      ) : (
        <figcaption className="sr-only">
          <StretchList label={t('readCaption')} week={theirs} />
        </figcaption>
      )}
    </figure>
  );
}

const looks = {
  theirs: 'fill-fit-wash stroke-fit/50',
  mine: 'fill-transparent stroke-ink [stroke-dasharray:3_2]',
  shared: 'fill-fit stroke-fit',
} as const;

function DayColumn({
  day,
  first,
  marks,
  theirs,
  mine = [],
  shared = [],
}: { day: number; first: number; marks: readonly number[] } & { [K in keyof WeekPictureProps]: Week | undefined }) {
  const height = (24 - first) * unit;
  // A picture of one week is that person's free hours, and looks like what is free elsewhere.
  const layers = mine.length + shared.length === 0 ? { shared: theirs } : { theirs, shared, mine };
  return (
    <svg
      viewBox={`0 0 40 ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
      className={`w-full rounded-[3px] bg-well ${first === 0 ? 'h-84' : 'h-63'}`}
    >
      {marks.slice(1).map((from) => (
        <line
          key={from}
          x1="0"
          x2="40"
          y1={(from - first) * unit}
          y2={(from - first) * unit}
          vectorEffect="non-scaling-stroke"
          className="stroke-paper"
        />
      ))}
      {Object.entries(layers).map(([kind, week]) =>
        week
          ?.filter((stretch) => stretch.day === day)
          .map(({ from, to }) => (
            <rect
              key={`${kind}-${from}`}
              x={kind === 'mine' ? 1 : kind === 'shared' && mine.length > 0 ? 7 : 0}
              y={(from - first) * unit + 0.75}
              width={kind === 'mine' ? 38 : kind === 'shared' && mine.length > 0 ? 26 : 40}
              height={(to - from) * unit - 1.5}
              vectorEffect="non-scaling-stroke"
              className={looks[kind as keyof typeof looks]}
            />
          )),
      )}
    </svg>
  );
}

/** The stretches of a week by day, as text. */
function StretchList({ label, week, isNarrow = false }: { label: string; week: Week; isNarrow?: boolean }) {
  const format = useFormatter();
  const weekdays = useWeekdays('long');
  const range = useHourRange();
  const days = weekdays.flatMap((name, at) => {
    const spans = week.filter(({ day }) => day === at + 1).map(({ from, to }) => range(from, to));
    return spans.length > 0 ? [{ name, text: format.list(spans, { type: 'unit' }) }] : [];
  });
  return (
    <div>
      <p className="text-sm font-semibold">{label}</p>
      <ul className={`mt-1 grid gap-x-8 gap-y-0.5 text-sm text-soft ${isNarrow ? '' : 'sm:grid-cols-2'}`}>
        {days.map(({ name, text }) => (
          <li key={name} className="flex flex-wrap justify-between gap-x-3">
            <span>{name}</span> <span className="tabular-nums">{text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
