/** What the palette offers without searching: places, and things to do. */
import type { User } from '@collabthon/contracts/accounts';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useLocale, useTranslations } from 'use-intl';
import { useChooseLocale } from '../features/accounts/use-choose-locale.ts';
import { useSignOutHere } from '../features/accounts/use-sign-out-here.ts';
import { localeNames, locales } from '../lib/locales.ts';
import { recentPages } from '../lib/recent-pages.ts';
import { setTheme, themes, useTheme } from '../lib/theme.ts';
import { showOverlay } from './overlays.ts';

export interface PaletteItem {
  key: string;
  group: 'recent' | 'projects' | 'people' | 'go' | 'do';
  label: string;
  /** Further words under the label. */
  detail?: string | undefined;
  /** The shortcut that does the same. */
  keys?: string | undefined;
  run: () => void;
}

/** Pages that were looked at, places, and deeds: those whose label has every word of the text. */
export function usePaletteItems(me: User | null | undefined, text: string): PaletteItem[] {
  const t = useTranslations('palette');
  const navigate = useNavigate();
  const { history } = useRouter();
  const signOut = useSignOutHere();
  const chooseLocale = useChooseLocale();
  const locale = useLocale();
  const theme = useTheme();

  const go = (path: string, label: string, keys?: string): PaletteItem => ({
    key: `go ${path}`,
    group: 'go',
    label,
    keys,
    run: () => history.push(path),
  });
  const act = (key: string, label: string, run: () => void, keys?: string): PaletteItem => ({
    key: `do ${key}`,
    group: 'do',
    label,
    keys,
    run,
  });

  const recent = recentPages().map(
    ({ path, title }): PaletteItem => ({
      key: `recent ${path}`,
      group: 'recent',
      label: title,
      run: () => history.push(path),
    }),
  );
  const places = [
    go('/', t('start'), 'g h'),
    go('/explore/projects', t('projects'), 'g p'),
    go('/explore/people', t('people'), 'g e'),
    ...(me
      ? [
          go('/work', t('myWork'), 'g w'),
          go(`/people/${me.id}`, t('myPage')),
          go('/notifications', t('notifications'), 'g n'),
          go('/settings', t('settings'), 'g s'),
          go('/settings/profile', t('profile')),
          go('/settings/availability', t('availability')),
          go('/settings/visibility', t('visibility')),
          go('/settings/account', t('account')),
          go('/settings/security', t('security')),
          go('/settings/college', t('college')),
          go('/settings/appearance', t('appearance')),
          go('/settings/notifications', t('notificationSettings')),
        ]
      : [go('/sign-in', t('signIn')), go('/sign-up', t('signUp'))]),
    ...(me?.role === 'admin' ? [go('/admin', t('admin'))] : []),
  ];
  const deeds = [
    ...(me ? [act('post', t('post'), () => void navigate({ to: '/projects/new' }), 'c')] : []),
    ...themes
      .filter((each) => each !== theme)
      .map((each) => act(`theme ${each}`, t('theme', { theme: each }), () => setTheme(each))),
    ...locales
      .filter((each) => each !== locale)
      .map((each) => act(`locale ${each}`, t('language', { name: localeNames[each] }), () => void chooseLocale(each))),
    act('shortcuts', t('shortcuts'), () => showOverlay('shortcuts'), '?'),
    ...(me ? [act('sign-out', t('signOut'), () => void signOut())] : []),
  ];

  const words = plain(text).split(/\s+/).filter(Boolean);
  const matches = ({ label }: PaletteItem) => words.every((word) => plain(label).includes(word));
  // Without a text the whole list would be long: what is searched for most comes first, the rest as it is typed for.
  const deedsShown = words.length === 0 ? deeds.filter(({ keys }) => keys) : deeds;
  const placesShown =
    words.length === 0 ? places.filter(({ keys, key }) => keys ?? key.startsWith('go /sign')) : places;
  return [...recent, ...placesShown, ...deedsShown].filter(matches);
}

/** Without case and accents, as people type when they are in a hurry. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
