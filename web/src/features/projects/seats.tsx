import { useTranslations } from 'use-intl';

/** More seats than this are counted in words only. */
const places = [0, 1, 2, 3, 4, 5];

/** The sign of the product: a row of seats, taken ones filled, free ones open. The number is said in words as well. */
export function Seats({ seats, taken, isLabelled = false }: { seats: number; taken: number; isLabelled?: boolean }) {
  const t = useTranslations('seats');
  const free = Math.max(0, seats - taken);
  const shown = Math.min(seats, places.length);
  const filled = Math.min(shown, Math.round((taken / Math.max(1, seats)) * shown));
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <svg viewBox={`0 0 ${shown * 16} 14`} className="h-3.5" aria-hidden="true" focusable="false">
        {places
          .slice(0, shown)
          .map((index) =>
            index < filled ? (
              <circle key={index} cx={index * 16 + 7} cy="7" r="6" className="fill-ink" />
            ) : (
              <circle
                key={index}
                cx={index * 16 + 7}
                cy="7"
                r="5.200"
                fill="none"
                strokeWidth="1.6"
                strokeDasharray="2.6 2"
                className="stroke-accent"
              />
            ),
          )}
      </svg>
      <span className={isLabelled ? 'text-sm text-soft' : 'sr-only'}>{t('free', { free, seats })}</span>
    </span>
  );
}
