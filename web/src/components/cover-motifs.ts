/**
 * What stands on a workbench, drawn into 160 x 100. Every motif has surfaces in the project's tone, lines in ink, and one
 * vermilion thing where a hand is needed: a solid mark or a traced line. The dice change counts and places, never style.
 */
import type { Dice } from './identity.ts';

export interface Motif {
  tint: string;
  ink: string;
  mark?: string;
  trace?: string;
}

/** One decimal is finer than a screen shows, and coarser than engines differ in. */
const round = (value: number): number => Math.round(value * 10) / 10;

const disc = (x: number, y: number, r: number): string =>
  `M${round(x - r)} ${round(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

const box = (x: number, y: number, width: number, height: number): string =>
  `M${round(x)} ${round(y)}h${width}v${height}h${-width}z`;

const line = (...points: [number, number][]): string =>
  `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}`;

/** The line from one circle's rim to the other's. */
function between([x, y]: [number, number], [toX, toY]: [number, number], start: number, end: number): string {
  const length = Math.hypot(toX - x, toY - y);
  const at = (way: number): [number, number] => [x + ((toX - x) * way) / length, y + ((toY - y) * way) / length];
  return line(at(start), at(length - end));
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Two boards whose fingers fit, a hand's breadth apart, and the peg that holds them. */
function joint(dice: Dice): Motif {
  const fingers = 2 + dice(2);
  const step = 48 / (2 * fingers);
  const edge = (x: number, out: number) =>
    range(2 * fingers)
      .map((index) => `H${x + (index % 2 ? 0 : out)}v${round(step)}`)
      .join('');
  const left = `M26 26${edge(66, 14)}H26z`;
  const right = `M134 26V74H88${range(2 * fingers)
    .map((index) => `H${index % 2 ? 102 : 88}v${round(-step)}`)
    .join('')}z`;
  const slot = 2 * dice(fingers);
  return { tint: left, ink: left + right, mark: disc(91, 26 + step * (slot + 0.5), 4) };
}

/** A hanging bridge; something is on its way across. */
function bridge(dice: Dice): Motif {
  const first = 44 + dice(8);
  const second = 160 - first;
  const sag = 30 + dice(10);
  const hangers = range(7).map((index) => {
    const share = (index + 1) / 8;
    const x = first + (second - first) * share;
    return line([x, 26 + sag * 4 * share * (1 - share)], [x, 68]);
  });
  return {
    tint: `M8 84q8-5 16 0t16 0 16 0 16 0 16 0 16 0 16 0 16 0 16 0v10H8z`,
    ink: `M8 68H152M${first} 22V88M${second} 22V88M8 62Q${first - 18} 50 ${first} 26Q80 ${26 + sag * 2} ${second} 26Q${second + 18} 50 152 62${hangers.join('')}`,
    mark: box(first + 12 + dice(5) * 8, 60.5, 14, 7),
  };
}

/** A floor plan; one door stands open. */
function plan(dice: Dice): Motif {
  const wall = 64 + dice(4) * 8;
  const cross = 44 + dice(3) * 6;
  const rooms = [
    box(30, 16, wall - 30, cross - 16),
    box(wall, 16, 130 - wall, cross - 2),
    box(30, cross, wall - 30, 84 - cross),
  ];
  const table = dice(2) ? box(40, cross + 12, 16, 12) : disc(48, cross + 18, 7);
  return {
    tint: rooms[dice(rooms.length)] ?? '',
    ink: `${box(30, 16, 100, 68)}M${wall} 16V${cross - 16}M${wall} ${cross - 2}V84M30 ${cross}H${wall - 14}M${wall} ${cross + 14}H130M${wall + 12} ${cross + 14}V84${table}M${96 + dice(3) * 6} 13.500v5M116 13.500v5`,
    mark: `M${wall} ${cross - 2}h-14a14 14 0 0 1 14-14z`,
  };
}

/** People and what joins them; one place is new. */
function network(dice: Dice): Motif {
  const count = 5 + dice(3);
  const turn = dice(60) / 10;
  const nodes = range(count).map((index): [number, number] => {
    const angle = turn + (index * 2 * Math.PI) / count;
    const reach = index % 2 ? 1 : 0.72 + dice(3) / 10;
    return [80 + 50 * reach * Math.cos(angle), 50 + 33 * reach * Math.sin(angle)];
  });
  const newest = dice(count);
  const hub: [number, number] = [80, 50];
  return {
    tint: nodes.map(([x, y], index) => (index === newest ? '' : disc(x, y, 6))).join('') + disc(80, 50, 10),
    ink:
      nodes
        .map(
          ([x, y], index) =>
            between(hub, [x, y], 10, 6) +
            (index % 2 ? between([x, y], nodes[(index + 1) % count] ?? hub, 6, 6) : '') +
            (index === newest ? '' : disc(x, y, 6)),
        )
        .join('') + disc(80, 50, 10),
    mark: nodes.map(([x, y], index) => (index === newest ? disc(x, y, 7) : '')).join(''),
  };
}

/** A pair of compasses, drawing an arc. */
function compasses(dice: Dice): Motif {
  const reach = 26 + dice(14);
  const x = 66;
  const tip = x + reach;
  return {
    tint: `M${x} 82H${x - reach}A${reach} ${reach} 0 0 1 ${tip} 82z`,
    ink: `M${x} 82L${(x + tip) / 2 - 2} 20M${tip} 82L${(x + tip) / 2 + 2} 20M${(x + tip) / 2 - 8} 44q${8} 5 16 0M12 82H148M${(x + tip) / 2} 8v6${disc((x + tip) / 2, 18, 4)}`,
    trace: `M${tip} 82A${reach} ${reach} 0 0 0 ${round(x - reach * 0.5)} ${round(82 - reach * 0.86)}`,
  };
}

/** Blocks, stacked as far as they go. */
function blocks(dice: Dice): Motif {
  const heights = range(4).map(() => 1 + dice(3));
  const top = heights.indexOf(Math.max(...heights));
  const faces = heights.map((height, index) => {
    const x = 40 + index * 22;
    const y = 74 + (index % 2) * 6;
    const rise = height * 15;
    return {
      side: `M${x} ${y}l-11-6v${-rise}l11 6z`,
      lines: `M${x} ${y}l-11-6v${-rise}l11 6zl11-6v${-rise}l-11 6${range(height - 1)
        .map((step) => `M${x - 11} ${y - 21 - step * 15}l11 6 11-6`)
        .join('')}`,
      lid: `M${x} ${y - rise}l-11-6 11-6 11 6z`,
    };
  });
  return {
    tint: faces.map((face) => face.side).join(''),
    ink: `${faces.map((face) => face.lines + face.lid).join('')}M14 88H146`,
    mark: faces[top]?.lid ?? '',
  };
}

/** A swinging that dies away, and its peak. */
function wave(dice: Dice): Motif {
  const halves = 3 + dice(4);
  const width = 120 / halves;
  const height = 26 + dice(9);
  // A cubic whose handles stand at 0.3642 of its width follows half a sine within one part in a hundred.
  const curve = range(halves)
    .map((index) => {
      const reach = ((index % 2 ? 4 : -4) / 3) * height * 0.78 ** index;
      return `c${round(width * 0.3642)} ${round(reach)} ${round(width * 0.6358)} ${round(reach)} ${round(width)} 0`;
    })
    .join('');
  return {
    tint: `M24 52${curve}z`,
    ink: `M24 14V88M16 52H150M24 52${curve}`,
    mark: disc(24 + width / 2, 52 - height, 4.5),
  };
}

/** A paper plane and the way it came. */
function plane(dice: Dice): Motif {
  const bend = 54 + dice(28);
  return {
    tint: 'M136 22L92 76 84 54z',
    ink: 'M136 22L60 44l24 10zM136 22L92 76 84 54M84 54v24l8-14',
    trace: `M18 ${bend}C34 ${bend + 14} 52 84 50 72c-1-8-13-6-11 2 3 9 19 2 30-8`,
  };
}

/** A load on a rope, lifted over a wheel. */
function pulley(dice: Dice): Motif {
  const x = 66 + dice(5) * 4;
  const load = 52 + dice(3) * 6;
  return {
    tint: disc(x, 32, 16),
    ink: `M40 10H124M${x} 10v22${disc(x, 32, 16)}${disc(x, 32, 3)}M${x + 16} 32V${load}M${x - 16} 32L${x - 34} 84M${x - 42} 84h16`,
    mark: `M${x + 6} ${load + 6}h20l6 22H${x}zM${x + 16} ${load}l4 6h-8z`,
  };
}

/** Two screens, one over the other, and what can be pressed. */
function screens(dice: Dice): Motif {
  const shift = 10 + dice(3) * 6;
  const rows = range(2 + dice(2)).map((index) => `M46 ${44 + index * 9}h${28 + dice(4) * 6}`);
  return {
    tint: `M${36 + shift * 2} 30V16h76v50H112V30z`,
    ink: `M${36 + shift * 2} 30V16h76v50H112M36 30h76v54H36zM36 39h76M41 34.500h1M46 34.500h1M51 34.500h1${rows.join('')}`,
    mark: box(46, 70, 22, 8),
  };
}

/** Something grows in a pot. */
function sprout(dice: Dice): Motif {
  const pairs = 2 + dice(2);
  const leaves = range(pairs).map((index) => {
    const y = 58 - index * 15;
    const reach = 25 - index * 4 + dice(4);
    return `M80 ${y}c-6-12-16-13-${reach}-10 4 9 14 13 ${reach} 10zM80 ${y - 6}c6-12 16-13 ${reach}-10-4 9-14 13-${reach} 10z`;
  });
  const top = 58 - pairs * 15;
  return {
    tint: `${leaves.join('')}M64 66h32l-4 20H68z`,
    ink: `${leaves.join('')}M80 66V${top}M64 66h32l-4 20H68zM44 86h72`,
    mark: disc(80, top - 4, 5),
  };
}

/** Paths around a middle; one body is on its way. */
function orbits(dice: Dice): Motif {
  const tilt = -36 + dice(7) * 12;
  const ring = (rx: number, ry: number) => {
    const angle = (tilt * Math.PI) / 180;
    const [x, y] = [round(rx * Math.cos(angle)), round(rx * Math.sin(angle))];
    return `M${round(80 - x)} ${round(50 - y)}A${rx} ${ry} ${tilt} 1 0 ${round(80 + x)} ${round(50 + y)}A${rx} ${ry} ${tilt} 1 0 ${round(80 - x)} ${round(50 - y)}`;
  };
  const angle = (tilt * Math.PI) / 180;
  const way = dice(2) ? 1 : -1;
  return {
    tint: disc(80, 50, 15),
    ink: ring(56, 20) + ring(38, 12) + disc(80, 50, 15),
    mark: disc(80 + way * 56 * Math.cos(angle), 50 + way * 56 * Math.sin(angle), 5.5),
  };
}

export const motifs: readonly ((dice: Dice) => Motif)[] = [
  joint,
  bridge,
  plan,
  network,
  compasses,
  blocks,
  wave,
  plane,
  pulley,
  screens,
  sprout,
  orbits,
];
