import { useTranslations } from 'use-intl';
import { showToast } from '../lib/toasts.ts';
import { Button, type ButtonLook, type ButtonSize } from './button.tsx';
import { LinkIcon } from './icons.tsx';

interface CopyLinkButtonProps {
  /** Of this site, with its query if it matters: `/projects/12`. */
  path: string;
  look?: ButtonLook;
  size?: ButtonSize;
}

/** Puts the whole address of a page into the clipboard, and says so. */
export function CopyLinkButton({ path, look = 'secondary', size = 'small' }: CopyLinkButtonProps) {
  const t = useTranslations('common');
  const copy = async () => {
    const address = new URL(path, location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      showToast(t('linkCopied'), 'good');
    } catch {
      // Refused, or no secure connection: the reader can still take it from here.
      showToast(t('linkNotCopied', { address }), 'bad');
    }
  };
  return (
    <Button className="noscript:hidden" look={look} size={size} onClick={() => void copy()}>
      <LinkIcon className="size-4" />
      {t('copyLink')}
    </Button>
  );
}
