import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { saveFile } from '../../lib/save-file.ts';
import { showToast } from '../../lib/toasts.ts';
import { useMe } from './api.ts';

/** Recovery codes, the only time that they can be seen. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = useTranslations('settings.security.totp');
  const me = useMe();
  const username = me?.username ?? '';
  const list = codes.join('\n');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(list);
      showToast(t('copied'), 'good');
    } catch {
      showToast(t('notCopied'), 'bad');
    }
  };
  return (
    <div className="flex flex-col items-start gap-4">
      <p className="max-w-prose font-medium">{t('codesLead')}</p>
      <div data-print-alone="">
        <p className="sr-only mb-2 font-medium print:not-sr-only">{t('codesOf', { username })}</p>
        <ul
          className="grid grid-cols-1 gap-x-10 gap-y-1.5 rounded-control border border-rule bg-well px-5 py-4 font-mono text-lg tabular-nums min-[22rem]:grid-cols-2"
          dir="ltr"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          look="secondary"
          size="small"
          onClick={() =>
            saveFile(`collabthon-${username}-recovery.txt`, 'text/plain', `${t('codesOf', { username })}\n\n${list}\n`)
          }
        >
          {t('download')}
        </Button>
        <Button look="secondary" size="small" onClick={() => void copy()}>
          {t('copy')}
        </Button>
        <Button look="secondary" size="small" onClick={() => window.print()}>
          {t('print')}
        </Button>
      </div>
      <Button onClick={onDone}>{t('codesDone')}</Button>
    </div>
  );
}
