/**
 * A table seen from above: people around it, and one seat still open. It is the mark of the product, drawn large; the
 * text beside it says the same in words.
 */
const seats = [
  { x: 200, y: 62, tone: 'var(--tone-1)' },
  { x: 319, y: 131, tone: 'var(--tone-3)' },
  { x: 200, y: 338, tone: 'var(--tone-5)' },
  { x: 81, y: 269, tone: 'var(--tone-0)' },
  { x: 81, y: 131, tone: 'var(--tone-6)' },
] as const;

export function HeroDrawing({ className }: { className: string }) {
  return (
    <svg viewBox="0 0 420 400" className={className} aria-hidden="true" focusable="false">
      <circle cx="200" cy="200" r="92" className="fill-sheet stroke-ink" strokeWidth="2.5" />
      <g className="stroke-ink" fill="none" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M152 176h58M152 192h40M152 208h50" />
        <path d="m226 236 26-34 12 9-26 34-15 6z" className="fill-mark" />
        <path d="M158 238c10-14 18-14 26 0s16 14 24 0" />
        <rect x="222" y="150" width="34" height="26" rx="3" className="fill-accent-wash" />
        <path d="m228 170 8-9 6 6 5-5 5 8" />
      </g>
      {seats.map((seat) => (
        <g key={`${seat.x}-${seat.y}`}>
          <circle cx={seat.x} cy={seat.y} r="33" fill={seat.tone} />
          <circle cx={seat.x} cy={seat.y - 7} r="9" fill="var(--tone-ink)" />
          <path d={`M${seat.x - 17} ${seat.y + 19}c2-13 9-17 17-17s15 4 17 17`} fill="var(--tone-ink)" />
        </g>
      ))}
      <circle
        cx="319"
        cy="269"
        r="33"
        fill="none"
        className="stroke-accent"
        strokeWidth="3"
        strokeDasharray="7 8"
        strokeLinecap="round"
      />
      <circle cx="384" cy="318" r="15" className="fill-accent" />
      <path d="M371 305c-6-6-12-11-19-17" fill="none" className="stroke-accent" strokeWidth="3" strokeLinecap="round" />
      <path
        d="m352 299 0-11 11 1"
        fill="none"
        className="stroke-accent"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
