import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/page.tsx';
import { ApiError, useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { type PushState, pushState, turnPushOff, turnPushOn } from './push.ts';

/** Whether this browser shows pushes. The browser asks for its permission only once the button is pressed. */
export function PushSettings({ accountId }: { accountId: number }) {
  const t = useTranslations('notifications.settings');
  const textOf = useErrorText();
  const [state, setState] = useState<PushState>();
  const [isBusy, setBusy] = useState(false);
  const canTurn = state === 'on' || state === 'off';

  useEffect(() => {
    let isLeft = false;
    void pushState(accountId).then((found) => isLeft || setState(found));
    return () => {
      isLeft = true;
    };
  }, [accountId]);

  const turn = async () => {
    setBusy(true);
    try {
      setState(await (state === 'on' ? turnPushOff() : turnPushOn(accountId)));
    } catch (error) {
      showToast(t('pushFailed', { why: error instanceof ApiError ? textOf(error) : t('pushRefused') }), 'bad');
      setState(await pushState(accountId));
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
