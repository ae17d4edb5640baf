import type { Project } from '@collabthon/contracts/projects';
import { useLocale, useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { showToast } from '../../lib/toasts.ts';

/** Puts into the clipboard what shows the project as a card on another site. */
export function EmbedButton({ project }: { project: Project }) {
  const t = useTranslations('owner.embed');
  const locale = useLocale();
  const copy = async () => {
    const frame = document.createElement('iframe');
    frame.src = new URL(`/embed/projects/${project.id}?lang=${locale}`, location.href).href;
    frame.title = project.title;
    frame.width = '480';
    frame.height = '252';
    frame.loading = 'lazy';
    // The card is a link and a picture: it may open its page, and nothing else.
    frame.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox');
    frame.style.border = '0';
    frame.style.maxWidth = '100%';
    try {
      await navigator.clipboard.writeText(frame.outerHTML);
      showToast(t('copied'), 'good');
    } catch {
      showToast(t('refused'), 'bad');
    }
  };
  return (
    <Button className="noscript:hidden" look="quiet" size="small" onClick={() => void copy()}>
      {t('copy')}
    </Button>
  );
}
