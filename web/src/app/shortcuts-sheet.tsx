import { Fragment } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog } from '../components/dialog.tsx';
import { CheckboxField } from '../components/fields.tsx';
import { type Shortcut, useShortcuts, useSingleKeys } from '../lib/shortcuts.ts';
import type { SheetProps } from './habits.tsx';

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Every key that does something right now, and the switch for single keys. */
export function ShortcutsSheet({ isOpen, onClose }: SheetProps) {
  const t = useTranslations('shortcuts');
  return (
    <Dialog title={t('title')} isOpen={isOpen} onClose={onClose}>
      <Keyboard />
    </Dialog>
  );
}

function Keyboard() {
  const t = useTranslations('shortcuts');
  const shortcuts = useShortcuts();
  const [isOn, setOn] = useSingleKeys();
  const mod = isMac() ? '⌘' : t('mod');
  const undo: Shortcut = { keys: 'mod+z', label: t('undo'), place: 'everywhere', run: () => {} };
  const groups = [
    { title: t('here'), items: shortcuts.filter(({ place }) => place === 'page') },
    { title: t('everywhere'), items: [...shortcuts.filter(({ place }) => place === 'everywhere'), undo] },
  ];

  return (
    <>
      {groups.map(({ title, items }) =>
        items.length === 0 ? null : (
          <section key={title} className="mb-5">
            <h3 className="eyebrow border-b border-ink pb-1">{title}</h3>
            <ul className="divide-y divide-rule">
              {items.map((shortcut) => (
                <li
                  key={shortcut.keys}
                  className={`flex items-center justify-between gap-4 py-2 ${isOn || shortcut.keys.startsWith('mod+') ? '' : 'text-faint line-through'}`}
                >
                  <span>{shortcut.label}</span>
                  <Keys keys={shortcut.keys} mod={mod} />
                </li>
              ))}
            </ul>
          </section>
        ),
      )}
      <CheckboxField
        label={t('singleKeys')}
        hint={t('singleKeysHint', { mod })}
        checked={isOn}
        onChange={(event) => setOn(event.target.checked)}
      />
    </>
  );
}

function Keys({ keys, mod }: { keys: string; mod: string }) {
  const t = useTranslations('shortcuts');
  const steps = keys.split(' ').map((step) => (step.startsWith('mod+') ? [mod, step.slice(4)] : [step]));
  return (
    <span className="flex shrink-0 items-center gap-1.5 text-sm text-faint" dir="ltr">
      {steps.map((caps, place) => (
        <Fragment key={caps.join('+')}>
          {place > 0 ? <span>{t('then')}</span> : null}
          {caps.map((cap) => (
            <kbd key={cap} className="key-hint">
              {arrows[cap] ?? (cap.length === 1 ? cap.toUpperCase() : cap)}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}

const arrows: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→' };
