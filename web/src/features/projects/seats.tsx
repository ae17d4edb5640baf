import { useTranslations } from 'use-intl';

/** More seats than this are a bar. */
const places = [0, 1, 2, 3, 4, 5];

/** The sign of the product: a row of seats, taken ones filled, free ones open. The number is said in words as well. */
export function Seats({ seats, taken, isLabelled = false }: { seats: number; taken: number; isLabelled?: boolean }) {
  const t = useTranslations('seats');
  const free = Math.max(0, seats - taken);
  const isBar = seats > places.length;
  const width = isBar ? 96 : seats * 16;
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <svg viewBox={`0 0 ${width} 14`} className="h-3.5 rtl:-scale-x-100" aria-hidden="true" focusable="false">
        {isBar ? (
          <>
            <rect x="1" y="3" width={width - 2} height="8" rx="4" fill="none" className="stroke-accent" />
            <rect
              x="1"
              y="3"
              width={(Math.min(taken, seats) / seats) * (width - 2)}
              height="8"
              rx="4"
              className="fill-ink"
            />
          </>
        ) : (
          places
            .slice(0, seats)
            .map((index) =>
              index < taken ? (
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
            )
        )}
      </svg>
      <span className={isLabelled ? 'text-sm text-soft' : 'sr-only'}>{t('free', { free, seats })}</span>
    </span>
  );
}
