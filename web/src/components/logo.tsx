/** The mark: a ring with one open seat, and the person who fits it. */
export function LogoMark({ className = 'size-7' }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true" focusable="false">
      <path
        d="M23.6 8.4a11 11 0 1 0 0 15.2"
        fill="none"
        stroke="currentColor"
        strokeWidth="5.4"
        strokeLinecap="round"
      />
      <circle cx="26" cy="16" r="4.2" className="fill-accent" />
    </svg>
  );
}
