import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';

const steps = ['post', 'fit', 'team'] as const;

/** The three steps, as they are. */
export function HowItWorks() {
  const t = useTranslations('home.steps');
  return (
    <section className="ruled mt-16 pt-5">
      <h2 className="mb-8 text-title">{t('title')}</h2>
      <ol className="grid gap-x-10 gap-y-8 md:grid-cols-3">
        {steps.map((step, place) => (
          <li key={step} className="grid grid-cols-[auto_1fr] gap-x-5 md:block">
            <span aria-hidden="true" className="block font-display text-6xl leading-none font-bold text-accent">
              {t('number', { number: place + 1 })}
            </span>
            <div className="md:mt-4">
              <h3 className="text-heading">{t(`${step}.title`)}</h3>
              <p className="mt-2 max-w-prose text-soft">{t(`${step}.text`)}</p>
            </div>
          </li>
        ))}
      </ol>
      <Link to="/sign-up" className={`${buttonClass('primary')} mt-10`}>
        {t('action')}
      </Link>
    </section>
  );
}
