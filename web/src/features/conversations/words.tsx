import { ExternalLink } from '../../components/external-link.tsx';

/** What somebody wrote, as they wrote it; addresses of pages lead there. */
export function Words({ text, isMine }: { text: string; isMine: boolean }) {
  return (
    <p
      dir="auto"
      className={`rounded-sheet px-3.5 py-2 wrap-anywhere whitespace-pre-wrap ${isMine ? 'bg-fit-wash text-ink' : 'bg-well text-ink'} forced-colors:border`}
    >
      {piecesOf(text).map(({ at, words, href }) =>
        href ? (
          <ExternalLink key={at} href={href}>
            {words}
          </ExternalLink>
        ) : (
          words
        ),
      )}
    </p>
  );
}

interface Piece {
  at: number;
  words: string;
  href?: string;
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  // A sign that ends a sentence is not a part of the address before it.
  for (const { 0: words, index } of text.matchAll(/https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'»”،؛؟।]/g)) {
    if (index > done) pieces.push({ at: done, words: text.slice(done, index) });
    pieces.push({ at: index, words, ...(URL.canParse(words) && { href: words }) });
    done = index + words.length;
  }
  if (done < text.length) pieces.push({ at: done, words: text.slice(done) });
  return pieces;
}
