/** What a TrueType file says of itself: which characters it has, and how wide each of them stands alone. */

/** Advance widths by code point, in ems. */
export type Advances = ReadonlyMap<number, number>;

/**
 * Reads the tables `head`, `hhea`, `hmtx` and `cmap` (formats 4 and 12) as OpenType 1.9 lays them out.
 * @throws RangeError for bytes that are no such file
 */
export function readAdvances(file: Uint8Array): Advances {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tables = tablesOf(view);
  const table = (name: string): number => {
    const offset = tables.get(name);
    if (offset === undefined) throw new RangeError(`The font has no table ${name}.`);
    return offset;
  };

  const unitsPerEm = view.getUint16(table('head') + 18);
  const lastMetric = view.getUint16(table('hhea') + 34) - 1;
  const metrics = table('hmtx');
  // Glyphs after the last metric are as wide as that one.
  const advanceOf = (glyph: number) => view.getUint16(metrics + 4 * Math.min(glyph, lastMetric)) / unitsPerEm;

  const advances = new Map<number, number>();
  for (const [codePoint, glyph] of charactersOf(view, table('cmap'))) {
    if (glyph !== 0) advances.set(codePoint, advanceOf(glyph));
  }
  return advances;
}

function tablesOf(view: DataView): Map<string, number> {
  const count = view.getUint16(4);
  return new Map(
    Array.from({ length: count }, (_, at) => {
      const record = 12 + 16 * at;
      const name = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(record + byte)));
      return [name, view.getUint32(record + 8)];
    }),
  );
}

/** Code points with their glyphs, of every Unicode subtable. */
function* charactersOf(view: DataView, cmap: number): Generator<[codePoint: number, glyph: number]> {
  const count = view.getUint16(cmap + 2);
  const offsets = new Set(Array.from({ length: count }, (_, at) => cmap + view.getUint32(cmap + 8 + 8 * at)));
  for (const offset of offsets) {
    const format = view.getUint16(offset);
    if (format === 4) yield* segments(view, offset);
    if (format === 12) yield* groups(view, offset);
  }
}

/** Format 4: segments of the first plane, each shifted by a delta or looked up in an array of glyphs. */
function* segments(view: DataView, offset: number): Generator<[number, number]> {
  const size = view.getUint16(offset + 6);
  const ends = offset + 14;
  const starts = ends + size + 2;
  for (let at = 0; at < size; at += 2) {
    const delta = view.getUint16(starts + size + at);
    const rangeAt = starts + 2 * size + at;
    const range = view.getUint16(rangeAt);
    const start = view.getUint16(starts + at);
    for (let code = start; code <= view.getUint16(ends + at) && code !== 0xffff; code++) {
      const glyph = range === 0 ? code : view.getUint16(rangeAt + range + 2 * (code - start));
      yield [code, range !== 0 && glyph === 0 ? 0 : (glyph + delta) & 0xffff];
    }
  }
}

/** Format 12: runs of code points of all planes, glyph after glyph. */
function* groups(view: DataView, offset: number): Generator<[number, number]> {
  const count = view.getUint32(offset + 12);
  for (let at = offset + 16; at < offset + 16 + 12 * count; at += 12) {
    const [start, end, glyph] = [view.getUint32(at), view.getUint32(at + 4), view.getUint32(at + 8)];
    for (let code = start; code <= end; code++) yield [code, glyph + code - start];
  }
}
