import { useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useErrorText } from '../../lib/errors.ts';
import { showToast } from '../../lib/toasts.ts';
import { useSignOut } from './api.ts';

/** Ends this browser's session, says so, and goes to the start. */
export function useSignOutHere(): () => Promise<void> {
  const t = useTranslations('nav');
  const navigate = useNavigate();
  const textOf = useErrorText();
  const signOut = useSignOut();
  return async () => {
    try {
      await signOut.mutateAsync(false);
      showToast(t('signedOut'));
      await navigate({ to: '/' });
    } catch (error) {
      showToast(textOf(error), 'bad');
    }
  };
}
