/** Whether what is pressed is big enough to be hit. */

/**
 * Runs in the page: what can be pressed and is lower or narrower than 24 px. Axe lets small targets pass that have room
 * around them; our own rule does not. A link in a sentence is as high as its line.
 */
export function smallTargets(): string[] {
  const least = 23.5;
  const isInSentence = (element: Element) => {
    if (getComputedStyle(element).display !== 'inline') return false;
    let block: Element | null = element.parentElement;
    while (block && getComputedStyle(block).display === 'inline') block = block.parentElement;
    return (block?.textContent ?? '').trim().length > (element.textContent ?? '').trim().length;
  };
  const found: string[] = [];
  for (const element of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('[inert], [aria-hidden=true]'))
      continue;
    // The one link of a row, which is all of it.
    if (getComputedStyle(element, '::after').position === 'absolute') continue;
    // Around a small box its label may be the target.
    const { width, height } = (element.closest('label') ?? element).getBoundingClientRect();
    const isHidden = width <= 1 && height <= 1;
    if (isHidden || (width >= least && height >= least) || isInSentence(element)) continue;
    const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
    found.push(`${element.localName} “${name.slice(0, 30)}” is only ${Math.round(width)} by ${Math.round(height)} px`);
  }
  return found;
}
