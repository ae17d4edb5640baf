import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { ApiError, useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import type { PushState } from './push.ts';

/** Only browsers have it, and only once the page lives. */
const loadPush = () => import('./push.ts');

/** Whether this browser shows pushes. The browser asks for its permission only once the button is pressed. */
export function PushSettings({ accountId }: { accountId: number }) {
  const t = useTranslations('notifications.settings');
  const textOf = useErrorText();
  const [state, setState] = useState<PushState>();
  const [isBusy, setBusy] = useState(false);
  const canTurn = state === 'on' || state === 'off';

  useEffect(() => {
    let isLeft = false;
    loadPush()
      .then(({ pushState }) => pushState(accountId))
      .then((found) => isLeft || setState(found))
      // Without it the page is as it was; it is asked for again with the next press.
      .catch(() => isLeft || setState('off'));
    return () => {
      isLeft = true;
    };
  }, [accountId]);

  const turn = async () => {
    setBusy(true);
    try {
      const { pushState, turnPushOff, turnPushOn } = await loadPush();
      try {
        await (state === 'on' ? turnPushOff() : turnPushOn(accountId));
      } finally {
        setState(await pushState(accountId));
      }
    } catch (error) {
      showToast(t('pushFailed', { why: error instanceof ApiError ? textOf(error) : t('pushRefused') }), 'bad');
    }
    setBusy(false);
  };

  return (
    <Section title={t('push')}>
      {/* Kept as high as it will be: the browser tells only once the page lives. */}
      <div className="min-h-28 sm:min-h-22">
        <p role="status" className="max-w-prose text-soft">
          {state ? t(`pushState.${state}`) : null}
        </p>
        {canTurn ? (
          <Button look="secondary" size="small" className="mt-3" isPending={isBusy} onClick={() => void turn()}>
            {t(state === 'on' ? 'pushOff' : 'pushOn')}
          </Button>
        ) : null}
      </div>
    </Section>
  );
}
