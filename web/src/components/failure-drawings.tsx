/** Drawings for pages that are missing, locked, out of reach or broken: every reader loads them, in case. */
import { Drawing, type DrawingProps } from './drawing.tsx';

/** An address without a page: a drawing on the wall, and a piece cut out of it. */
export const MissingPiece = (props: DrawingProps) => (
  <Drawing {...props}>
    <path className="tint" d="M30 22h140v100H30z" />
    <path className="ink" d="M30 22h140v100H30zM30 100h38M30 82h30l16-22 14 14M132 100h38M126 52l16-18 28 30" />
    <path className="sheet" d="M82 58h20a8 8 0 1 1 14 0h20v20a8 8 0 1 0 0 14v20H82z" />
    <path className="ink" strokeDasharray="5 6" d="M82 58h20a8 8 0 1 1 14 0h20v20a8 8 0 1 0 0 14v20H82z" />
    <path className="mark" d="M94 20a6 6 0 1 0 12 0 6 6 0 1 0-12 0z" />
  </Drawing>
);

/** Not for everybody: a chest whose middle drawer is locked. */
export const LockedDrawer = (props: DrawingProps) => (
  <Drawing {...props}>
    <path className="tint" d="M50 54h100v34H50z" />
    <path
      className="ink"
      d="M42 12h116v110H42zM50 20h100v28H50zM50 54h100v34H50zM50 94h100v20H50zM52 122v8M148 122v8M92 34h16M92 104h16M22 130h156"
    />
    <path className="mark" d="M100 59a7 7 0 0 1 3.500 13.100l3 10.900h-13l3-10.900A7 7 0 0 1 100 59z" />
  </Drawing>
);

/** No connection: the lamp is dark, its plug lies on the table. */
export const UnpluggedLamp = (props: DrawingProps) => (
  <Drawing {...props}>
    <path className="tint" d="M92 22 62 56l-26-22c2-10 16-22 30-22 12 0 20 4 26 10z" />
    <path
      className="ink"
      d="M92 22 62 56 36 34c2-10 16-22 30-22 12 0 20 4 26 10zM84 31l34 35-26 52M70 118h44M48 46a9 9 0 0 0 3 12 9 9 0 0 0 11-2M12 118h176M114 118c34 0 8-24 32-16M182 60h-18v28h18M170 70v0M170 78v0"
    />
    <path
      className="mark"
      transform="rotate(16 144 102)"
      d="M144 94h11a8 8 0 0 1 0 16h-11zM163 96.500h8v3.500h-8zM163 104h8v3.500h-8z"
    />
  </Drawing>
);

/** Something broke: the pencil, in the middle of a line. */
export const SnappedPencil = (props: DrawingProps) => (
  <Drawing {...props}>
    <g transform="rotate(-34 24 128)">
      <path className="tint" d="M44 118h52l-5 5 6 5-5 5 4 5H44z" />
      <path className="ink" d="m24 128 20-10h52l-5 5 6 5-5 5 4 5H44zM44 118v20M33 123.500v9M44 128h48" />
    </g>
    <g transform="rotate(-12 120 60)">
      <path
        className="ink"
        d="M114 44h52a6 6 0 0 1 6 6v8a6 6 0 0 1-6 6h-52l5-5-6-5 5-5zM146 44v20M154 44v20M118 54h28"
      />
    </g>
    <path className="ink" d="M14 130h172" />
    <path className="trace" d="m96 50-8-16M108 82l16 8M84 58l-18-8" />
  </Drawing>
);
