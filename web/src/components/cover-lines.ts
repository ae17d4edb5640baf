/** How the motifs of covers are written down: paths in a field of 160 x 100, in as few signs as the eye needs. */

/** Surfaces in the project's tone, lines in ink, and one vermilion thing: a solid mark, or a traced line. */
export interface Motif {
  tint: string;
  ink: string;
  mark?: string;
  trace?: string;
}

/** One decimal is finer than a screen shows, and coarser than engines differ in. */
export const round = (value: number): number => Math.round(value * 10) / 10;

export const disc = (x: number, y: number, r: number): string =>
  `M${round(x - r)} ${round(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

export const box = (x: number, y: number, width: number, height: number): string =>
  `M${round(x)} ${round(y)}h${width}v${height}h${-width}z`;

export const line = (...points: [number, number][]): string =>
  `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}`;

/** The line from one circle's rim to the other's. */
export function between([x, y]: [number, number], [toX, toY]: [number, number], start: number, end: number): string {
  const length = Math.hypot(toX - x, toY - y);
  const at = (way: number): [number, number] => [x + ((toX - x) * way) / length, y + ((toY - y) * way) / length];
  return line(at(start), at(length - end));
}

export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
