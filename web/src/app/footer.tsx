import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { LogoMark } from '../components/logo.tsx';
import { useBoot } from '../lib/boot.ts';
import { setTheme, themes, useTheme } from '../lib/theme.ts';
import { LanguageLinks } from './language-links.tsx';
import { showOverlay } from './overlays.ts';

const line =
  'flex min-h-8 w-fit min-w-6 items-center text-start text-soft decoration-accent decoration-2 underline-offset-4 hover:text-ink hover:underline aria-[current]:text-ink aria-[current]:underline aria-pressed:text-ink aria-pressed:underline';

export function Footer() {
  const t = useTranslations('footer');
  const { isDemo } = useBoot();
  const theme = useTheme();
  return (
    <footer className="laid-late border-t [--about:33rem] md:[--about:22rem] border-rule pb-20 low:pb-0 lg:pb-0">
      <div className="mx-auto grid max-w-6xl grid-cols-2 gap-x-8 gap-y-8 px-5 pt-10 pb-12 text-sm sm:px-8 md:grid-cols-[2fr_1fr_1fr_1fr]">
        <p className="col-span-2 flex max-w-72 items-start gap-3 text-soft md:col-span-1">
          <LogoMark className="size-6 shrink-0" />
          {t('line')}
        </p>
        <Column title={t('more')}>
          <ul>
            <li>
              <Link to="/explore/projects" className={line}>
                {t('projects')}
              </Link>
            </li>
            <li>
              <Link to="/explore/people" className={line}>
                {t('people')}
              </Link>
            </li>
            <li className="noscript:hidden">
              <button type="button" className={line} onClick={() => showOverlay('shortcuts')}>
                {t('shortcuts')}
              </button>
            </li>
            <li>
              <a href="/docs" className={line}>
                {t('api')}
              </a>
            </li>
            {isDemo ? (
              <>
                <li>
                  <a href="/dev/mail" className={line}>
                    {t('mailbox')}
                  </a>
                </li>
                <li>
                  <a href="/dev/components" className={line}>
                    {t('components')}
                  </a>
                </li>
              </>
            ) : null}
          </ul>
        </Column>
        <div className="flex flex-col gap-8 md:contents">
          <Column title={t('language')}>
            <LanguageLinks className={line} />
          </Column>
          <Column title={t('theme')} className="noscript:hidden">
            <ul>
              {themes.map((each) => (
                <li key={each}>
                  <button type="button" className={line} aria-pressed={each === theme} onClick={() => setTheme(each)}>
                    {t(`themes.${each}`)}
                  </button>
                </li>
              ))}
            </ul>
          </Column>
        </div>
      </div>
    </footer>
  );
}

function Column({ title, className, children }: { title: string; className?: string; children: ReactNode }) {
  return (
    <section className={className}>
      <h2 className="eyebrow mb-2">{title}</h2>
      {children}
    </section>
  );
}
