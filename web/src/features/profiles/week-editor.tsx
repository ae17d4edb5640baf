import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useHour, useWeekdays } from '../../lib/format.ts';
import { directionOf } from '../../lib/locales.ts';
import {
  blockHours,
  type Corner,
  firstHour,
  type HourSet,
  hasPreset,
  type Preset,
  presets,
  shareOf,
  shownBlocks,
  slotsOf,
  withBlocks,
} from './availability.ts';
import { DayName } from './day-name.tsx';

const presetNames = Object.keys(presets) as Preset[];

/** A rectangle being filled: it grows and shrinks over the week as it was before, in the state that its start took. */
interface Stroke {
  start: Corner;
  before: HourSet;
  isFree: boolean;
}

interface WeekEditorProps {
  hours: HourSet;
  onChange: (hours: HourSet) => void;
}

/**
 * The week to fill in, after the grid pattern of the ARIA Authoring Practices: arrows walk, Space turns a block, arrows
 * with Shift carry that over a rectangle. A mouse or a finger drags the same rectangle; a finger that moves up or down
 * first scrolls the page instead.
 */
export function WeekEditor({ hours, onChange }: WeekEditorProps) {
  const t = useTranslations('availability');
  const isRtl = directionOf(useLocale()) === 'rtl';
  const long = useWeekdays('long');
  const short = useWeekdays('short');
  const hour = useHour();
  const hintId = useId();
  const [first, setFirst] = useState(() => firstHour(slotsOf(hours)));
  const blocks = shownBlocks(first);
  const [active, setActive] = useState<Corner>({ day: 0, from: 18 });
  const [said, setSaid] = useState('');
  const grid = useRef<HTMLTableElement>(null);
  const keyStroke = useRef<Stroke | null>(null);
  const dragStroke = useRef<(Stroke & { isDrawn: boolean }) | null>(null);

  const isFree = ({ day, from }: Corner) => shareOf(hours, day, from) === 1;

  /** Shows the week and says what became of the blocks between the corners. */
  const fill = (stroke: Stroke, end: Corner) => {
    const next = withBlocks(stroke.before, stroke.start, end, stroke.isFree);
    onChange(next);
    setSaid(
      t(stroke.isFree ? 'saidFree' : 'saidBusy', {
        days:
          stroke.start.day === end.day
            ? (long[end.day] ?? '')
            : `${long[Math.min(stroke.start.day, end.day)]} – ${long[Math.max(stroke.start.day, end.day)]}`,
        from: hour(Math.min(stroke.start.from, end.from)),
        to: hour(Math.max(stroke.start.from, end.from) + blockHours),
        hours: next.size,
      }),
    );
  };
  const turn = (corner: Corner) => fill({ start: corner, before: hours, isFree: !isFree(corner) }, corner);

  const walk = (to: Corner, event: KeyboardEvent) => {
    event.preventDefault();
    const corner = {
      day: Math.min(6, Math.max(0, to.day)),
      from: Math.min(24 - blockHours, Math.max(first, to.from)),
    };
    if (event.shiftKey) {
      keyStroke.current ??= { start: active, before: hours, isFree: isFree(active) };
      fill(keyStroke.current, corner);
    }
    setActive(corner);
    grid.current?.querySelector<HTMLElement>(`[data-block="${corner.day}-${corner.from}"]`)?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const { day, from } = active;
    const forward = isRtl ? -1 : 1;
    switch (event.key) {
      case 'ArrowUp':
        return walk({ day, from: from - blockHours }, event);
      case 'ArrowDown':
        return walk({ day, from: from + blockHours }, event);
      case 'ArrowLeft':
        return walk({ day: day - forward, from }, event);
      case 'ArrowRight':
        return walk({ day: day + forward, from }, event);
      case 'Home':
        return walk({ day: 0, from: event.ctrlKey ? first : from }, event);
      case 'End':
        return walk({ day: 6, from: event.ctrlKey ? 24 : from }, event);
      case 'PageUp':
        return walk({ day, from: first }, event);
      case 'PageDown':
        return walk({ day, from: 24 }, event);
      case ' ':
      case 'Enter':
        event.preventDefault();
        keyStroke.current = null;
        return turn(active);
    }
  };

  const onPointerDown = (event: PointerEvent) => {
    const start = blockAt(event);
    if (!start || event.button !== 0) return;
    const stroke = { start, before: hours, isFree: !isFree(start), isDrawn: false };
    dragStroke.current = stroke;
    setActive(start);
    // A finger may be about to scroll: its first block waits until it moves on or lifts.
    if (event.pointerType !== 'mouse') return;
    stroke.isDrawn = true;
    fill(stroke, start);
  };
  const onPointerMove = (event: PointerEvent) => {
    const stroke = dragStroke.current;
    const end = stroke && blockAt(event);
    if (!end || (!stroke.isDrawn && isSame(end, stroke.start)) || (stroke.isDrawn && isSame(end, active))) return;
    stroke.isDrawn = true;
    setActive(end);
    fill(stroke, end);
  };
  const onPointerUp = () => {
    const stroke = dragStroke.current;
    dragStroke.current = null;
    if (stroke && !stroke.isDrawn) fill(stroke, stroke.start);
  };
  const onPointerCancel = () => {
    if (dragStroke.current?.isDrawn) onChange(dragStroke.current.before);
    dragStroke.current = null;
  };

  return (
    <div className="max-w-xl">
      <div className="mb-3 flex flex-wrap gap-2">
        {presetNames.map((preset) => {
          const isChosen = hasPreset(hours, preset);
          return (
            <button
              key={preset}
              type="button"
              aria-pressed={isChosen}
              className={`min-h-11 rounded-full border px-3.5 text-sm font-medium ${isChosen ? 'border-fit bg-fit-wash text-fit' : 'border-edge hover:border-ink hover:bg-well'}`}
              onClick={() => {
                const next = withBlocks(hours, presets[preset][0], presets[preset][1], !isChosen);
                onChange(next);
                setSaid(t('saidPreset', { hours: next.size }));
              }}
            >
              {t(`preset.${preset}`, {
                from: short[presets[preset][0].day] ?? '',
                to: short[presets[preset][1].day] ?? '',
              })}
            </button>
          );
        })}
        {hours.size > 0 ? (
          <button
            type="button"
            className="min-h-11 rounded-full px-3 text-sm font-medium text-soft hover:bg-well hover:text-ink"
            onClick={() => {
              onChange(new Set());
              setSaid(t('saidPreset', { hours: 0 }));
            }}
          >
            {t('clear')}
          </button>
        ) : null}
      </div>
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid pattern turns a table into one control
        role="grid"
        aria-multiselectable="true"
        aria-label={t('caption')}
        aria-describedby={hintId}
        className="w-full touch-pan-y table-fixed border-separate border-spacing-0.5 text-sm select-none"
        onKeyDown={onKeyDown}
        onKeyUp={(event) => {
          if (event.key === 'Shift') keyStroke.current = null;
        }}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerCancel}
        onPointerLeave={onPointerUp}
      >
        <thead>
          <tr>
            <td className="w-14 sm:w-16" />
            {short.map((name, day) => (
              <th key={name} scope="col" className="pb-1 text-xs font-medium text-soft">
                <span aria-hidden="true">
                  <DayName day={day} />
                </span>
                <span className="sr-only">{long[day]}</span>
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
              {short.map((name, day) => {
                const share = shareOf(hours, day, from);
                const isActive = isSame(active, { day, from });
                return (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys for all of its cells
                  <td
                    key={name}
                    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of the grid above
                    role="gridcell"
                    data-block={`${day}-${from}`}
                    tabIndex={isActive ? 0 : -1}
                    aria-selected={share === 1}
                    aria-label={t(isPart(share) ? 'cellPart' : 'cell', {
                      day: long[day] ?? '',
                      from: hour(from),
                      to: hour(from + blockHours),
                    })}
                    onFocus={() => setActive({ day, from })}
                    onClick={(event) => {
                      // Without a pointer, as from a screen reader.
                      if (event.detail === 0) turn({ day, from });
                    }}
                    className={`h-9 cursor-pointer rounded-[3px] border p-0 text-center align-middle ${blockLook(share)}`}
                  >
                    {share > 0 ? <Mark share={share} /> : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p id={hintId} className="mt-2 text-sm text-faint">
        <span className="[@media(hover:none)]:hidden">{t('hintKeys')}</span>
        <span className="hidden [@media(hover:none)]:inline">{t('hintTouch')}</span>
      </p>
      {blocks.some((from) => short.some((_, day) => isPart(shareOf(hours, day, from)))) ? (
        <p className="mt-2 flex items-center gap-2 text-sm text-soft" aria-hidden="true">
          <span className={`grid h-5 w-8 place-items-center rounded-[3px] border ${blockLook(0.5)}`}>
            <Mark share={0.5} />
          </span>
          {t('part')}
        </p>
      ) : null}
      <p className="mt-1 flex flex-wrap items-center justify-between gap-x-4 text-sm">
        <span className="font-medium">{t('sum', { hours: hours.size })}</span>
        {first > 0 ? (
          <button type="button" className="link min-h-9" onClick={() => setFirst(0)}>
            {t('showNight')}
          </button>
        ) : null}
      </p>
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  );
}

const isPart = (share: number): boolean => share > 0 && share < 1;

const blockLook = (share: number): string => {
  if (share === 1) return 'border-fit bg-fit text-paper';
  return share > 0 ? 'border-fit bg-fit-wash text-fit' : 'border-edge/60 bg-sheet hover:border-fit';
};

/** Says by shape what the colour says, also where colours are forced: a tick, or for a part of the block a stroke. */
const Mark = ({ share }: { share: number }) => (
  <svg viewBox="0 0 12 12" className="mx-auto size-3" aria-hidden="true" focusable="false">
    <path
      d={share === 1 ? 'm2.500 6.500 2.500 2.500 4.500-5.500' : 'M2.500 6h7'}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
    />
  </svg>
);

const isSame = (one: Corner, other: Corner): boolean => one.day === other.day && one.from === other.from;

/** The block under the pointer, also while a finger is held by the one where it came down. */
function blockAt({ clientX, clientY }: PointerEvent): Corner | null {
  const block = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-block]')?.dataset.block;
  const [day, from] = block?.split('-').map(Number) ?? [];
  return day === undefined || from === undefined ? null : { day, from };
}
