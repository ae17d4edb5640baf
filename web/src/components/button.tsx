import type { ButtonHTMLAttributes } from 'react';

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'normal' | 'small';

/** Every look has a border: where colours are forced it is all that shows. */
const looks: Record<ButtonLook, string> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-deep',
  secondary: 'border-edge text-ink hover:border-ink hover:bg-well',
  quiet: 'border-transparent text-ink hover:bg-well',
  danger: 'border-danger text-danger hover:bg-danger-wash',
};

const sizes: Record<ButtonSize, string> = { normal: 'min-h-11 px-4', small: 'min-h-9 px-3 text-sm' };

/** The look of a button, for links that act like one. */
export function buttonClass(look: ButtonLook = 'primary', size: ButtonSize = 'normal'): string {
  return `inline-flex items-center justify-center gap-2 rounded-control border font-semibold text-center leading-tight py-1.5 transition-colors duration-(--time-quick) disabled:opacity-55 aria-disabled:opacity-55 ${sizes[size]} ${looks[look]}`;
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: ButtonLook;
  size?: ButtonSize;
  /** While true the button keeps its focus and its place, and does nothing. */
  isPending?: boolean;
}

export function Button({
  look,
  size,
  isPending = false,
  type = 'button',
  className = '',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={`${buttonClass(look, size)} ${className}`}
      aria-disabled={isPending || undefined}
      aria-busy={isPending || undefined}
      onClick={(event) => {
        if (isPending) event.preventDefault();
        else onClick?.(event);
      }}
      {...rest}
    >
      {children}
    </button>
  );
}
