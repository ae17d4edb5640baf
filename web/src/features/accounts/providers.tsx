import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { apiBase } from '../../lib/api.ts';
import { providersQuery } from './api.ts';

/** Ways to sign in with an account elsewhere, when the operator has set some up. */
export function Providers({ next }: { next: string | undefined }) {
  const t = useTranslations('auth');
  const providers = useQuery(providersQuery).data?.items ?? [];
  if (providers.length === 0) return null;
  return (
    <div className="mt-8">
      <p className="eyebrow mb-3 flex items-center gap-3 before:h-px before:flex-1 before:bg-rule after:h-px after:flex-1 after:bg-rule">
        {t('or')}
      </p>
      <div className="flex flex-col gap-2">
        {providers.map((provider) => (
          <a
            key={provider.id}
            className={buttonClass('secondary')}
            href={`${apiBase}/auth/oauth/${encodeURIComponent(provider.id)}/start?return_to=${encodeURIComponent(next ?? '/work')}`}
          >
            {t('continueWith', { provider: provider.name })}
          </a>
        ))}
      </div>
    </div>
  );
}
