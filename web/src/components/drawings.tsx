/**
 * Drawings for the moments when there is nothing to show, or not yet. The text beside them says it in words, so they
 * are hidden from screen readers.
 */
import type { ReactNode } from 'react';

interface DrawingProps {
  className?: string;
}

function Drawing({ className = 'w-40', children }: DrawingProps & { children: ReactNode }) {
  return (
    <svg viewBox="0 0 200 140" className={`sketch ${className}`} aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

/** Nothing here yet: the board hangs ready, one peg is free. */
export const FreePeg = (props: DrawingProps) => (
  <Drawing {...props}>
    <path className="tint" d="M24 14h152v104H24z" />
    <path className="ink" d="M24 14h152v104H24zM14 118h172" />
    <path
      className="ink opacity-40"
      strokeDasharray="0 15"
      d="M40 30h125M40 45h125M40 60h125M40 75h125M40 90h125M40 105h125"
    />
    <path className="ink" d="M62 30v66a5 5 0 0 1-10 0V44M46 44h22l4-14H42zM96 30l-9 66h18zM87 96h18M92 60h8" />
    <path className="ink" strokeDasharray="5 6" d="M133 38h10v26h9v12h-28V64h9zM124 76l-3 26h34l-3-26" />
    <path className="mark" d="M132 30a6 6 0 1 0 12 0 6 6 0 1 0-12 0z" />
  </Drawing>
);

/** A search that found nothing: a lens over a blank sheet. */
export const BlankSheet = (props: DrawingProps) => (
  <Drawing {...props}>
    <path className="tint" d="M44 12h76l22 22v94H44z" />
    <path className="ink" d="M44 12h76l22 22v94H44zM120 12v22h22" />
    <path className="ink opacity-40" d="M60 40h40M60 56h28M60 104h34M60 116h52" />
    <path className="sheet" d="M76 76a28 28 0 1 0 56 0 28 28 0 1 0-56 0z" />
    <path className="ink" d="M76 76a28 28 0 1 0 56 0 28 28 0 1 0-56 0zM124 96l8 8M90 68a16 16 0 0 1 12-8" />
    <path className="mark" d="m130 107 6-6 24 22a5 5 0 0 1-7 7z" />
  </Drawing>
);

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

/** All done: the bench is swept, the tea is hot. */
export const SweptBench = (props: DrawingProps) => (
  <Drawing {...props}>
    <path className="tint" d="M76 52h44v30a12 12 0 0 1-12 12H88a12 12 0 0 1-12-12z" />
    <path
      className="ink"
      d="M76 52h44v30a12 12 0 0 1-12 12H88a12 12 0 0 1-12-12zM120 60h8a9 9 0 0 1 0 18h-8M14 94h172M26 94v36M174 94v36M26 108h148M142 94V80h26v14"
    />
    <path className="trace" d="M88 40c-6-6 6-10 0-18M104 40c-6-6 6-10 0-18" />
  </Drawing>
);
