/** Drawings for the moments when there is nothing to show, or not yet. */
import { Drawing, type DrawingProps } from './drawing.tsx';

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
