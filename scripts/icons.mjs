/** Makes the icons that phones and older browsers want as pictures from the mark: `node scripts/icons.mjs`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// A dependency of the server alone.
const sharp = createRequire(new URL('../server/package.json', import.meta.url))('sharp');

const folder = new URL('../web/public/icons/', import.meta.url);
const paper = '#f9f5ee';

/** The mark on paper. `fill` is its share of the side, `round` the corners' radius in 32nds of it. */
function icon({ fill, round }) {
  const scale = (fill * 32) / 28;
  // The mark reaches from 2 to 30, between the end of its ring and the person.
  const place = `translate(16 16) scale(${scale}) translate(-16.4 -16)`;
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 32 32">
    <rect width="32" height="32" rx="${round}" fill="${paper}"/>
    <g transform="${place}">
      <path d="M23.6 8.4a11 11 0 1 0 0 15.2" fill="none" stroke="#1e2536" stroke-width="5.4" stroke-linecap="round"/>
      <circle cx="26" cy="16" r="4.2" fill="#c83816"/>
    </g>
  </svg>`);
}

const draw = (svg, side) => sharp(svg).resize(side).png({ palette: true, effort: 10 }).toBuffer();

/** An `.ico` with one picture, which may be a PNG. */
function ico(png, side) {
  const header = Buffer.alloc(22);
  header.writeUInt16LE(1, 2); // an icon
  header.writeUInt16LE(1, 4); // of one picture
  header.writeUInt8(side, 6);
  header.writeUInt8(side, 7);
  header.writeUInt16LE(1, 10); // colour planes
  header.writeUInt16LE(32, 12); // bits per pixel
  header.writeUInt32LE(png.length, 14);
  header.writeUInt32LE(header.length, 18);
  return Buffer.concat([header, png]);
}

mkdirSync(folder, { recursive: true });
const plain = icon({ fill: 0.72, round: 7 });
// Systems cut these to shapes of their own: the ground reaches to the edge, the mark stays in the middle.
const whole = icon({ fill: 0.56, round: 0 });
for (const [name, svg, side] of [
  ['icon-192.png', plain, 192],
  ['icon-512.png', plain, 512],
  ['maskable-512.png', whole, 512],
  ['apple-touch.png', icon({ fill: 0.66, round: 0 }), 180],
]) {
  writeFileSync(new URL(name, folder), await draw(svg, side));
}
writeFileSync(new URL('../favicon.ico', folder), ico(await draw(icon({ fill: 0.84, round: 7 }), 32), 32));
