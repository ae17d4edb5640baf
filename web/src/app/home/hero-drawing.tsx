/**
 * A bench seen from above: what each brings to it lies around, and one seat is still open. It is the mark of the
 * product, drawn large; the text beside it says the same in words.
 */
const seats = [
  { x: 200, y: 52, tone: 1, tool: 'M-15 11 7-11l6 6-22 22-8 2zM3-7l6 6' },
  { x: 328, y: 126, tone: 3, tool: 'm-8-10-9 10 9 10M8-10l9 10-9 10M3-13-3 13' },
  { x: 200, y: 348, tone: 5, tool: 'M-17-8h8l4-6h10l4 6h8v20h-34zM-6 2a6 6 0 1 0 12 0 6 6 0 1 0-12 0z' },
  {
    x: 72,
    y: 274,
    tone: 0,
    tool: 'M-7 11V-12l17-4v22M-7 11a4.500 4.500 0 1 1-5-4.500 5 5 0 0 1 5 4.500zM10 6a4.500 4.500 0 1 1-5-4.500 5 5 0 0 1 5 4.500z',
  },
  { x: 72, y: 126, tone: 6, tool: 'M-15 12h30M-11 12V0M-2 12v-20M7 12V-3M15 12v-12' },
] as const;

export function HeroDrawing() {
  return (
    <svg viewBox="0 0 420 400" className="w-full" aria-hidden="true" focusable="false">
      <g className="stroke-ink" fill="none" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round">
        <path
          className="fill-sheet"
          d="M203 107c52 2 92 42 91 94-1 53-42 92-95 91-52-1-92-42-91-93 1-53 43-94 95-92z"
        />
        <path d="M150 172c20-2 38 1 58-1M150 190c14 1 26-1 40 0M150 208c18-1 34 1 48 0" />
        <path className="fill-mark" d="m228 240 27-36 12 9-26 35-15 7z" />
        <path d="M155 242c10-15 19-15 27 0s17 14 25-1" />
        <path className="fill-accent-wash" d="M222 151c11-1 23 0 34-1 1 9 0 17 1 26-12 1-23 0-35 1 1-9-1-17 0-26z" />
        <path d="m228 171 8-9 6 6 5-5 5 7" />
      </g>
      {seats.map(({ x, y, tone, tool }) => (
        <g key={`${x}-${y}`} data-tone={tone} transform={`translate(${x} ${y})`}>
          <path className="tone-fill" d="M1-34c20 0 34 15 33 34-1 20-15 34-34 33-20 0-34-14-33-33 0-20 15-35 34-34z" />
          <path
            d={tool}
            fill="none"
            className="tone-line"
            strokeWidth="2.5"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </g>
      ))}
      <g className="stroke-accent" fill="none" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round">
        <circle cx="328" cy="274" r="33" strokeDasharray="7 8" />
        <path d="M378 312c-5-6-10-10-17-15m1 12-2-13 13 1" />
      </g>
      <circle cx="391" cy="324" r="15" className="fill-accent" />
    </svg>
  );
}
