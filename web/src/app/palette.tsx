import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Combobox } from '../components/combobox.tsx';
import { CloseIcon } from '../components/icons.tsx';
import { KeyHint } from '../components/key-hint.tsx';
import { useMe } from '../features/accounts/api.ts';
import { fullName, useCardName } from '../features/profiles/names.ts';
import { api } from '../lib/api.ts';
import { useDebounced } from '../lib/use-debounced.ts';
import type { SheetProps } from './habits.tsx';
import { type PaletteItem, usePaletteItems } from './palette-items.ts';

/** Search and every command behind one key: the "combobox in a dialog" that people know from their editors. */
export function Palette({ isOpen, onClose }: SheetProps) {
  const t = useTranslations('palette');
  const dialog = useRef<HTMLDialogElement>(null);

  // A dialog tells of its end a moment later, when it may be open anew: only the reader's own closing counts.
  const isOurClosing = useRef(false);

  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open === isOpen) return;
    if (isOpen) return element.showModal();
    isOurClosing.current = true;
    element.close();
  }, [isOpen]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click on the element itself is one on the backdrop; the keyboard has Escape
    <dialog
      ref={dialog}
      aria-label={t('title')}
      onClose={() => {
        if (!isOurClosing.current) onClose();
        isOurClosing.current = false;
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      className="[--drop:max(0.5rem,10dvh)] w-[min(40rem,calc(100vw-1rem))] overflow-hidden rounded-sheet border border-edge bg-sheet p-0 shadow-sheet open:rise max-lg:[--drop:0.5rem]"
    >
      {isOpen ? <PaletteContent onClose={onClose} /> : null}
    </dialog>
  );
}

const found = 4;
const leastLetters = 2;

function PaletteContent({ onClose }: { onClose: () => void }) {
  const t = useTranslations('palette');
  const navigate = useNavigate();
  const me = useMe();
  const [text, setText] = useState('');
  const wanted = text.trim();
  const q = useDebounced(wanted, 150);
  const isSearching = q.length >= leastLetters && wanted.length >= leastLetters;
  const { projects, people, isReady } = useFound(q, isSearching);
  const commands = usePaletteItems(me, wanted);

  const all = (kind: 'projects' | 'people'): PaletteItem => ({
    key: `all ${kind} ${q}`,
    group: kind,
    label: t(kind === 'projects' ? 'allProjects' : 'allPeople', { text: q }),
    run: () => void navigate({ to: `/explore/${kind}`, search: { q } }),
  });
  // All at once, so that nothing moves under the finger.
  const results = isSearching && isReady ? [...projects.items, all('projects'), ...people.items, all('people')] : [];
  const recent = commands.filter(({ group }) => group === 'recent');
  const others = commands.filter(({ group }) => group !== 'recent');
  // Who types the beginning of a command means it.
  const isCommand = others.some(({ label }) => label.toLowerCase().startsWith(wanted.toLowerCase()));
  const items = [...recent, ...(isCommand ? [...others, ...results] : [...results, ...others])];
  const corrected = isSearching ? (projects.corrected ?? people.corrected) : null;
  const hasFailed = isSearching && (projects.hasFailed || people.hasFailed);

  return (
    <div>
      <div className="relative">
        <Combobox
          isInline
          value={text}
          onInput={setText}
          items={items}
          keyOf={({ key }) => key}
          groupOf={({ group }) => t(group)}
          render={(item) => <Line item={item} />}
          onPick={(item) => {
            onClose();
            item.run();
          }}
          listLabel={t('list')}
          input={{
            'aria-label': t('label'),
            placeholder: t('placeholder'),
            maxLength: 200,
            autoFocus: true,
            className: 'palette-field',
          }}
        />
        <button
          type="button"
          aria-label={t('close')}
          onClick={onClose}
          className="absolute end-2 top-2 grid size-10 place-items-center rounded-full text-soft hover:bg-well hover:text-ink"
        >
          <CloseIcon />
        </button>
      </div>
      {/* One line for both, of one height, so that nothing moves when an answer comes. */}
      <div className="flex min-h-11 items-center border-t border-rule px-4 py-2 text-sm text-soft">
        <div role="status">
          {corrected ? <p dir="auto">{t('corrected', corrected)}</p> : null}
          {hasFailed ? <p>{t('failed')}</p> : null}
        </div>
        {corrected || hasFailed ? null : (
          <p className="hidden text-xs text-faint lg:block">
            {t.rich('keys', { key: (chunks: ReactNode) => <KeyHint>{chunks}</KeyHint> })}
          </p>
        )}
      </div>
    </div>
  );
}

function Line({ item: { label, detail, keys } }: { item: PaletteItem }) {
  return (
    <span className="flex items-baseline justify-between gap-4">
      <span className="min-w-0">
        <span dir="auto" className="cut-at-end block font-medium sm:truncate">
          {label}
        </span>
        {detail ? (
          <span dir="auto" className="cut-at-end block text-sm sm:truncate text-faint">
            {detail}
          </span>
        ) : null}
      </span>
      {keys ? (
        <span className="flex gap-1" dir="ltr" aria-hidden="true">
          {keys.split(' ').map((key) => (
            <KeyHint key={key}>{key.toUpperCase()}</KeyHint>
          ))}
        </span>
      ) : null}
    </span>
  );
}

interface Found {
  items: PaletteItem[];
  corrected: { from: string; to: string } | null;
  hasFailed: boolean;
}

/** The first projects and people for a text; while the next letters are looked up, those of the last ones stay. */
function useFound(q: string, isEnabled: boolean): { projects: Found; people: Found; isReady: boolean } {
  const navigate = useNavigate();
  const cardName = useCardName();
  const query = { q, size: found, facets: false };
  const shared = { enabled: isEnabled, placeholderData: keepPreviousData, retry: false, staleTime: 60_000 } as const;
  const projects = useQuery({
    ...shared,
    queryKey: ['palette', 'projects', q],
    queryFn: ({ signal }) => api('GET /search-advanced/projects', { query, signal }),
  });
  const people = useQuery({
    ...shared,
    queryKey: ['palette', 'people', q],
    queryFn: ({ signal }) => api('GET /search-advanced/profiles', { query, signal }),
  });
  return {
    isReady: !projects.isPending && !people.isPending,
    projects: {
      hasFailed: projects.isError,
      corrected: projects.data?.corrected ?? null,
      items: (projects.data?.items ?? []).map((project) => ({
        key: `project ${project.id}`,
        group: 'projects',
        label: project.title,
        detail: [cardName(project.owner), project.owner.college].filter(Boolean).join(' · '),
        run: () => void navigate({ to: '/projects/$id', params: { id: project.id } }),
      })),
    },
    people: {
      hasFailed: people.isError,
      corrected: people.data?.corrected ?? null,
      items: (people.data?.items ?? []).map((profile) => ({
        key: `person ${profile.user_id}`,
        group: 'people',
        label: fullName(profile),
        detail: [profile.major, profile.college].filter(Boolean).join(' · '),
        run: () => void navigate({ to: '/people/$id', params: { id: profile.user_id } }),
      })),
    },
  };
}
