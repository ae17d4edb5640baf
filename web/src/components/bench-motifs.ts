/** Motifs of covers: what stands on a workbench. The dice change counts and places, never style. */
import { box, disc, line, type Motif, range, round } from './cover-lines.ts';
import type { Dice } from './identity.ts';

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

/** Two wheels whose teeth meet. */
function gears(dice: Dice): Motif {
  const teeth = 8 + dice(3);
  const wheel = (x: number, y: number, radius: number, count: number, turn: number) => {
    const rim = range(count * 4).map((index): [number, number] => {
      const angle = ((index + turn) * Math.PI) / (2 * count);
      const reach = index % 4 < 2 ? radius : radius - 6;
      return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
    });
    return `${line(...rim)}z`;
  };
  return {
    tint: disc(62, 56, 18),
    ink: wheel(62, 56, 30, teeth, -0.5) + disc(62, 56, 18) + disc(62, 56, 5) + wheel(108, 38, 21, 6, 1.5),
    mark: disc(108, 38, 6),
  };
}

/** Something is brewing. */
function flask(dice: Dice): Motif {
  const level = 54 + dice(4) * 5;
  const slope = ((level - 38) * 24) / 42;
  const bubbles = range(2 + dice(2)).map((index) => disc(70 + index * 10, level + 8 + dice(3) * 3, 2.5));
  return {
    tint: `M${round(74 - slope)} ${level}H${round(86 + slope)}L110 80a5 5 0 0 1-4 6H54a5 5 0 0 1-4-6z`,
    ink: `M70 12h20M74 12V38L50 80a5 5 0 0 0 4 6h52a5 5 0 0 0 4-6L86 38V12M${round(74 - slope)} ${level}H${round(86 + slope)}M22 86H138${bubbles.join('')}`,
    mark: disc(76 + dice(9), level - 12, 4.5),
  };
}

export const benchMotifs = [joint, plan, compasses, blocks, pulley, screens, gears, flask];
