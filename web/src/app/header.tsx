import type { User } from '@collabthon/contracts/accounts';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../components/button.tsx';
import { BellIcon, GlobeIcon, MessageIcon, PlusIcon, SearchIcon } from '../components/icons.tsx';
import { KeyHint } from '../components/key-hint.tsx';
import { LogoMark } from '../components/logo.tsx';
import { Popover } from '../components/popover.tsx';
import { AccountMenu } from '../features/accounts/account-menu.tsx';
import { useMe } from '../features/accounts/api.ts';
import { useBoot } from '../lib/boot.ts';
import { LanguageLinks } from './language-links.tsx';
import { showOverlay } from './overlays.ts';
import { MessagesBadge, UnreadBadge, WaitingBadge } from './waiting-badge.tsx';

const place =
  'rounded-control px-3 py-2 font-medium text-soft hover:bg-well hover:text-ink data-[status=active]:text-ink data-[status=active]:underline data-[status=active]:decoration-accent data-[status=active]:decoration-[3px] data-[status=active]:underline-offset-[0.55em]';

export function Header() {
  const t = useTranslations('nav');
  const me = useMe();
  return (
    <header>
      <DemoBanner />
      <div className="border-b border-rule">
        <div className="mx-auto flex h-16 max-w-6xl items-center gap-1.5 px-5 max-[22rem]:gap-1 max-[22rem]:px-3 sm:gap-2 sm:px-8">
          {/* Where the name has no room it wraps out of sight, and the mark stands alone. */}
          <Link
            to="/"
            className="me-auto flex h-11 min-w-7 shrink flex-wrap gap-x-2 overflow-hidden font-display text-xl leading-11 font-bold tracking-tight whitespace-nowrap lg:me-6"
            aria-label={t('home')}
          >
            <LogoMark className="h-11 w-7" />
            <span>{t('brand')}</span>
          </Link>
          <nav aria-label={t('main')} className="hidden items-center gap-1 lg:me-auto lg:flex">
            <Link to="/explore/projects" className={place}>
              {t('projects')}
            </Link>
            <Link to="/explore/people" className={place}>
              {t('people')}
            </Link>
            {me ? (
              <Link to="/work" className={`${place} relative`}>
                {t('work')}
                <WaitingBadge className="-end-2 -top-0.5" />
              </Link>
            ) : null}
          </nav>
          <PaletteButton />
          {me ? <MemberActions me={me} /> : null}
          {me === null ? <VisitorActions /> : null}
        </div>
      </div>
    </header>
  );
}

/** Looks like the field that it opens. A phone has it in its tab bar. */
function PaletteButton() {
  const t = useTranslations('nav');
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={() => showOverlay('palette')}
      className="me-1 hidden h-10 items-center gap-2 rounded-full border border-edge bg-sheet ps-3.5 pe-2 text-sm text-soft hover:border-ink hover:text-ink lg:flex noscript:hidden"
    >
      <SearchIcon className="size-4" />
      <span className="me-3">{t('palette')}</span>
      <KeyHint>{t('paletteKey')}</KeyHint>
    </button>
  );
}

/** The start has a main action of its own. */
const useLook = () => (useLocation().pathname === '/' ? 'secondary' : 'primary');

function VisitorActions() {
  const t = useTranslations('nav');
  return (
    <>
      <Popover label={t('language')} trigger={<GlobeIcon />}>
        <LanguageLinks className="block rounded-control px-3 py-2 font-medium hover:bg-well aria-[current]:underline aria-[current]:decoration-accent aria-[current]:decoration-2 aria-[current]:underline-offset-4" />
      </Popover>
      <Link to="/sign-in" className={`${buttonClass('quiet', 'small')} shrink-0 whitespace-nowrap max-[22rem]:px-1.5`}>
        {t('signIn')}
      </Link>
      <Link
        to="/sign-up"
        className={`${buttonClass(useLook(), 'small')} shrink-0 whitespace-nowrap max-[22rem]:px-1.5`}
      >
        {t('signUp')}
      </Link>
    </>
  );
}

const corner =
  'relative grid size-11 place-items-center rounded-full text-soft hover:bg-well hover:text-ink data-[status=active]:text-ink';

function MemberActions({ me }: { me: User }) {
  const t = useTranslations('nav');
  return (
    <>
      <Link to="/projects/new" className={`${buttonClass(useLook(), 'small')} hidden! lg:inline-flex!`}>
        <PlusIcon className="size-4" />
        {t('post')}
      </Link>
      <Link to="/messages" className={corner}>
        <MessageIcon />
        <span className="sr-only">{t('messages')}</span>
        <MessagesBadge className="start-6 top-0.5" />
      </Link>
      <Link to="/notifications" className={corner}>
        <BellIcon />
        <span className="sr-only">{t('notifications')}</span>
        <UnreadBadge className="start-6 top-0.5" />
      </Link>
      <AccountMenu me={me} onShortcuts={() => showOverlay('shortcuts')} />
    </>
  );
}

function DemoBanner() {
  const t = useTranslations('demo');
  const { isDemo } = useBoot();
  if (!isDemo) return null;
  return <p className="bg-mark-wash px-5 py-1.5 text-center text-sm text-ink">{t('banner')}</p>;
}
