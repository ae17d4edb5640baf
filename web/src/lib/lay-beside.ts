/**
 * Lays an open sheet of the top layer beside what opened it: below or above, where there is room, and never beyond the
 * edge of the window. It then scrolls with the page.
 */
export function layBeside(
  sheet: HTMLElement,
  trigger: HTMLElement,
  { isAbove = false, align }: { isAbove?: boolean; align: 'center' | 'end' },
): void {
  const at = trigger.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = sheet;
  const { clientWidth, clientHeight } = document.documentElement;
  const isLeftwards = getComputedStyle(trigger).direction === 'ltr';
  const wanted = align === 'center' ? at.left + (at.width - width) / 2 : isLeftwards ? at.right - width : at.left;
  const left = Math.max(margin, Math.min(wanted, clientWidth - width - margin));
  const fitsAbove = at.top >= height;
  const fitsBelow = at.bottom + height <= clientHeight;
  const goesAbove = isAbove ? fitsAbove || !fitsBelow : fitsAbove && !fitsBelow;
  sheet.style.left = `${left + window.scrollX}px`;
  sheet.style.top = `${(goesAbove ? at.top - height : at.bottom) + window.scrollY}px`;
}

/** Pixels that stay free between a sheet and the window's edge. */
const margin = 8;
