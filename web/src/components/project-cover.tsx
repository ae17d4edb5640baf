import { motifs } from './cover-motifs.ts';
import { diceOf, toneOf } from './identity.ts';

interface ProjectCoverProps {
  /** The project's id, so that a new title keeps the drawing; a draft has none and is drawn from its title. */
  seed?: number | undefined;
  title: string;
  /** Gives the box: width, and height or aspect. */
  className?: string;
}

/** A project's picture until it has one: a small drawing from the bench, the same for everybody, always. */
export function ProjectCover({ seed, title, className = '' }: ProjectCoverProps) {
  const name = seed === undefined ? title.trim() : `project ${seed}`;
  const dice = diceOf(name);
  const draw = motifs[dice(motifs.length)];
  const ground = dice(4);
  const isMirrored = dice(2) === 1;
  if (!draw) return null;
  const { tint, ink, mark, trace } = draw(dice);
  return (
    <span aria-hidden="true" data-tone={toneOf(name)} data-ground={ground} className={`cover ${className}`}>
      <svg viewBox="0 0 160 100" className="sketch size-full" aria-hidden="true" focusable="false">
        <g transform={isMirrored ? 'matrix(-1 0 0 1 160 0)' : undefined}>
          <path className="tint" d={tint} />
          <path className="ink" d={ink} />
          {mark ? <path className="mark" d={mark} /> : null}
          {trace ? <path className="trace" d={trace} /> : null}
        </g>
      </svg>
    </span>
  );
}
