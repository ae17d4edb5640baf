import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import type { Ending } from '../collaborations/stakes.ts';

interface EndingDialogProps {
  /** Empty while there is nothing to ask. */
  endings: readonly Ending[];
  onSave: () => void;
  onClose: () => void;
}

/** Says whose requests end, before the project is saved. */
export function EndingDialog({ endings, onSave, onClose }: EndingDialogProps) {
  const t = useTranslations('projectForm.ending');
  const count = endings.reduce((total, ending) => total + ending.count, 0);
  return (
    <Dialog title={t('title', { count })} isOpen={endings.length > 0} onClose={onClose}>
      <ul className="flex flex-col gap-2">
        {endings.map(({ id, role, why, count: waiting }) => (
          <li key={id} dir="auto">
            {t(why, { role, count: waiting })}
          </li>
        ))}
      </ul>
      <p className="mt-3 text-soft">{t('told')}</p>
      <div className="mt-6 flex flex-wrap gap-3">
        <Button look="danger" onClick={onSave}>
          {t('save')}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('keep')}
        </Button>
      </div>
    </Dialog>
  );
}
