import type { WeeklyStretch } from '@collabthon/contracts/profiles';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useHour, useWeekdays } from '../../lib/format.ts';
import { blockHours, freeIn, type HourSet, shareOf, shownBlocks, slotsOf, withBlock } from './availability.ts';

type Week = readonly WeeklyStretch[];

function GridFrame({
  caption,
  blocks,
  cell,
}: {
  caption: string;
  blocks: readonly number[];
  cell: (day: number, from: number) => React.ReactNode;
}) {
  const long = useWeekdays('long');
  const short = useWeekdays('short');
  const hour = useHour();
  return (
    <table className="w-full max-w-xl table-fixed border-separate border-spacing-0.5 text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <td className="w-14" />
          {short.map((name, day) => (
            <th key={name} scope="col" className="pb-1 text-xs font-medium text-faint">
              <abbr title={long[day]} className="no-underline">
                {name}
              </abbr>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {blocks.map((from) => (
          <tr key={from}>
            <th scope="row" className="pe-2 text-end align-top text-xs font-normal whitespace-nowrap text-faint">
              {hour(from)}
            </th>
            {short.map((name, day) => (
              <td key={name} className="p-0">
                {cell(day, from)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The week to fill in: click, paint with the mouse, or walk with the arrow keys and press Space. */
export function AvailabilityEditor({ hours, onChange }: { hours: HourSet; onChange: (hours: HourSet) => void }) {
  const t = useTranslations('availability');
  const weekdays = useWeekdays('long');
  const hour = useHour();
  const blocks = shownBlocks(slotsOf(hours));
  const [active, setActive] = useState({ day: 0, row: 0 });
  const painting = useRef<boolean | null>(null);
  const table = useRef<HTMLDivElement>(null);

  const move = (event: KeyboardEvent) => {
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const step = {
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
      ArrowLeft: [isRtl ? 1 : -1, 0],
      ArrowRight: [isRtl ? -1 : 1, 0],
    }[event.key];
    if (!step) return;
    event.preventDefault();
    const day = Math.min(6, Math.max(0, active.day + (step[0] ?? 0)));
    const row = Math.min(blocks.length - 1, Math.max(0, active.row + (step[1] ?? 0)));
    setActive({ day, row });
    table.current?.querySelector<HTMLButtonElement>(`[data-cell="${day}-${row}"]`)?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears what its buttons let through
    <div
      ref={table}
      onKeyDown={move}
      onPointerUp={() => {
        painting.current = null;
      }}
      onPointerLeave={() => {
        painting.current = null;
      }}
    >
      <GridFrame
        caption={t('caption')}
        blocks={blocks}
        cell={(day, from) => {
          const row = blocks.indexOf(from);
          const share = shareOf(hours, day, from);
          const isFree = share === 1;
          return (
            <button
              type="button"
              data-cell={`${day}-${row}`}
              aria-pressed={isFree}
              aria-label={t('cell', { day: weekdays[day] ?? '', from: hour(from), to: hour(from + blockHours) })}
              tabIndex={active.day === day && active.row === row ? 0 : -1}
              onFocus={() => setActive({ day, row })}
              onPointerDown={(event) => {
                if (event.pointerType === 'mouse') painting.current = !isFree;
              }}
              onPointerEnter={() => {
                if (painting.current !== null) onChange(withBlock(hours, day, from, painting.current));
              }}
              onClick={() => onChange(withBlock(hours, day, from, !isFree))}
              className={`block h-8 w-full rounded-[3px] border ${isFree ? 'border-fit bg-fit' : share > 0 ? 'border-fit bg-fit-wash' : 'border-rule bg-sheet hover:border-fit'}`}
            />
          );
        }}
      />
    </div>
  );
}

const looks = {
  none: 'bg-well',
  mine: 'border-2 border-edge bg-transparent',
  theirs: 'bg-fit-wash',
  shared: 'bg-fit',
} as const;

/** One week to read, or two laid over each other; every block says in words what its colour says. */
export function AvailabilityPicture({ theirs, mine, shared }: { theirs: Week; mine?: Week; shared?: Week }) {
  const t = useTranslations('availability');
  const isComparison = mine !== undefined;
  const kindOf = (day: number, from: number): keyof typeof looks => {
    if (shared && freeIn(shared, day, from) > 0) return 'shared';
    if (freeIn(theirs, day, from) > 0) return isComparison ? 'theirs' : 'shared';
    return mine && freeIn(mine, day, from) > 0 ? 'mine' : 'none';
  };
  return (
    <div>
      <GridFrame
        caption={t(isComparison ? 'overlapCaption' : 'readCaption')}
        blocks={shownBlocks(theirs, mine ?? [])}
        cell={(day, from) => {
          const kind = kindOf(day, from);
          return (
            <div className={`h-5 rounded-[3px] ${looks[kind]}`}>
              <span className="sr-only">{kind === 'none' ? t('busy') : t(isComparison ? kind : 'free')}</span>
            </div>
          );
        }}
      />
      {isComparison ? (
        <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-sm text-soft" aria-hidden="true">
          {(['shared', 'theirs', 'mine'] as const).map((kind) => (
            <li key={kind} className="inline-flex items-center gap-2">
              <span className={`h-4 w-6 rounded-[3px] ${looks[kind]}`} />
              {t(kind)}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
