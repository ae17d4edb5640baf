import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { Button, type ButtonLook } from '../../components/button.tsx';
import { ApiError, useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useCountdown } from '../../lib/use-countdown.ts';

/** The server sends one mail of a kind each minute. */
const PAUSE = 60;

/** Asks for a mail once more, and says how long to wait before the next. */
export function ResendButton({
  send,
  wasJustSent = false,
  look = 'secondary',
}: {
  send: () => Promise<unknown>;
  /** A mail went out as this appeared, so the wait begins here. */
  wasJustSent?: boolean;
  look?: ButtonLook;
}) {
  const t = useTranslations('verify');
  const textOf = useErrorText();
  const [left, wait] = useCountdown();
  // biome-ignore lint/correctness/useExhaustiveDependencies: it begins once, when this appears
  useEffect(() => {
    if (wasJustSent) wait(PAUSE);
  }, []);
  const resend = useMutation({
    mutationFn: send,
    onSuccess: () => {
      wait(PAUSE);
      showToast(t('sent'), 'good');
    },
    onError: (error) => {
      const seconds = error instanceof ApiError ? Number(error.params.seconds) : 0;
      if (seconds > 0) wait(seconds);
      showToast(textOf(error), 'bad');
    },
  });
  return (
    <Button look={look} size="small" isPending={resend.isPending || left > 0} onClick={() => resend.mutate()}>
      <span className="tabular-nums">{left > 0 ? t('resendIn', { seconds: left }) : t('resend')}</span>
    </Button>
  );
}
