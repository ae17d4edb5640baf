/** Motifs of covers: what comes out of a workshop into the world. */
import { between, box, disc, line, type Motif, range, round } from './cover-lines.ts';
import type { Dice } from './identity.ts';

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

/** A tune, and its note that is sung next. */
function tune(dice: Dice): Motif {
  const next = dice(5);
  const notes = range(5).map((index): [number, number] => [36 + index * 22, 36 + dice(7) * 5]);
  const heads = notes.map(([x, y]) => disc(x, y, 5));
  const stems = notes.map(([x, y]) => (y > 50 ? `M${x + 5} ${y}v-26` : `M${x - 5} ${y}v26`));
  return {
    tint: heads.filter((_, index) => index !== next).join(''),
    ink: `M18 31H142M18 41H142M18 51H142M18 61H142M18 71H142${heads.join('')}${stems.join('')}`,
    mark: heads[next] ?? '',
  };
}

/** An open book, and the ribbon that keeps the place. */
function book(dice: Dice): Motif {
  const rows = 3 + dice(3);
  const left = range(rows).map((index) => `M42 ${36 + index * 8}q14-4 ${14 + dice(3) * 6} 1`);
  const ribbon = 92 + dice(3) * 10;
  return {
    tint: 'M80 30C66 20 44 20 26 26V80C44 74 66 74 80 84z',
    ink: `M80 30C66 20 44 20 26 26V80C44 74 66 74 80 84zC94 20 116 20 134 26V80C116 74 94 74 80 84${left.join('')}`,
    mark: `M${ribbon} 21h9v${20 + dice(3) * 6}l-4.500-4-4.500 4z`,
  };
}

/** A boat under sail; its flag says from where the wind comes. */
function boat(dice: Dice): Motif {
  const reach = 24 + dice(3) * 6;
  const flag = 12 + dice(3) * 4;
  return {
    tint: `M82 22L${82 + reach} 60H82z`,
    ink: `M78 8V68M82 22L${82 + reach} 60H82zM74 30L${74 - reach + 8} 60H74zM36 68H122L108 84H52zM12 90q9-6 17 0t17 0 17 0 17 0 17 0 17 0 17 0 17 0`,
    mark: `M78 8h${dice(2) ? '' : '-'}${flag}l${dice(2) ? -4 : 4} 5H78z`,
  };
}

/** A kite; somebody holds the end of its line. */
function kite(dice: Dice): Motif {
  const sway = 60 + dice(20);
  const x = 96 + dice(4) * 6;
  const at = (dx: number, y: number): string => `${x + dx} ${y}`;
  return {
    tint: `M${at(10, 10)}L${at(36, 34)}L${at(4, 36)}zM${at(-18, 30)}L${at(4, 36)}L${at(0, 68)}z`,
    ink: `M${at(10, 10)}L${at(36, 34)}L${at(0, 68)}L${at(-18, 30)}zM${at(10, 10)}L${at(0, 68)}M${at(-18, 30)}L${at(36, 34)}`,
    trace: `M${at(0, 68)}C${at(-10, 88)} ${at(-30, sway)} ${at(-40, 76)}S${at(-62, 92)} ${at(-76, 80)}`,
  };
}

export const worldMotifs = [bridge, network, wave, plane, sprout, orbits, tune, book, boat, kite];
