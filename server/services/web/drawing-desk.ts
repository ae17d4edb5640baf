/** Turns SVG into PNG, a few at a time: drawing costs a tenth of a second of CPU, and anybody may ask for it. */
import { fileURLToPath } from 'node:url';
import { withVariable } from '../../platform/config/environment.ts';
import { problem } from '../../platform/http/problems.ts';
import { fontsFolder } from './typeset.ts';

const AT_ONCE = 2;
/** More than these would wait for longer than those who ask are patient. */
const WAITING = 40;

export interface DrawingDesk {
  /** @throws 503 when too many wait already */
  draw(svg: string): Promise<Buffer>;
}

export function createDrawingDesk(): DrawingDesk {
  const queue: (() => void)[] = [];
  let drawing = 0;

  const takeTurn = (): Promise<void> | undefined => {
    if (drawing < AT_ONCE) {
      drawing++;
      return undefined;
    }
    if (queue.length >= WAITING) throw overloaded();
    return new Promise((resolve) => queue.push(resolve));
  };
  /** Whoever waits longest goes on in the place that becomes free. */
  const giveTurn = () => {
    const next = queue.shift();
    if (next) next();
    else drawing--;
  };

  return {
    async draw(svg) {
      await takeTurn();
      try {
        return await drawPng(svg);
      } finally {
        giveTurn();
      }
    },
  };
}

const overloaded = () =>
  problem(
    503,
    'overloaded',
    'More pictures are asked for than this server can draw right now. Try again in a moment.',
    {
      headers: { 'retry-after': '2' },
    },
  );

let loaded: ReturnType<typeof loadSharp> | undefined;

/** The picture of an SVG as PNG; text in the faces of our folder, whatever fonts the machine has. */
export async function drawPng(svg: string): Promise<Buffer> {
  loaded ??= loadSharp();
  const sharp = await loaded;
  // Few flat colours: a palette makes half the bytes, and dithering would only add noise.
  return sharp(Buffer.from(svg)).png({ palette: true, colours: 128, dither: 0, effort: 4 }).toBuffer();
}

/** Loaded by the first picture. Its font library looks for its configuration once, at the first text. */
async function loadSharp() {
  const { default: sharp } = await import('sharp');
  sharp.concurrency(1);
  const text = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">a</text></svg>';
  const configuration = fileURLToPath(new URL('fonts.conf', fontsFolder));
  await withVariable('FONTCONFIG_FILE', configuration, () => sharp(Buffer.from(text)).toBuffer());
  return sharp;
}
