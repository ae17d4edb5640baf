import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { buttonClass } from '../../components/button.tsx';
import { SearchIcon } from '../../components/icons.tsx';
import { KeyHint } from '../../components/key-hint.tsx';
import { searchForm } from './facets.tsx';

/** Results follow the typing when it rests for so long, in milliseconds. */
const rest = 150;

interface SearchBoxProps {
  /** Where the form goes without scripts. */
  action: string;
  label: string;
  placeholder: string;
  value: string;
  onSearch: (q: string) => void;
  /** The reader goes down from here, into the results. */
  onLeave: () => void;
}

/** The words of a search. The browser keeps the text, so that what was typed before the scripts came is not lost. */
export function SearchBox({ action, label, placeholder, value, onSearch, onLeave }: SearchBoxProps) {
  const t = useTranslations('explore');
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** What was last asked for, and what of it has not come back in the address yet. */
  const told = useRef(value);
  const underway = useRef<string[]>([]);
  const latest = useRef(onSearch);
  latest.current = onSearch;

  const tell = () => {
    clearTimeout(timer.current);
    const q = input.current?.value.trim() ?? '';
    if (q === told.current) return;
    told.current = q;
    underway.current.push(q);
    latest.current(q);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for what was typed before this page lived
  useEffect(() => {
    tell();
    return () => clearTimeout(timer.current);
  }, []);

  // Back, forward and links change the address without the box.
  useEffect(() => {
    const mine = underway.current.indexOf(value);
    if (mine >= 0) {
      underway.current.splice(0, mine + 1);
    } else if (value !== told.current && input.current) {
      clearTimeout(timer.current);
      underway.current = [];
      told.current = value;
      input.current.value = value;
    }
  }, [value]);

  return (
    <search>
      <form
        id={searchForm}
        action={action}
        className="relative flex gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          tell();
        }}
      >
        <SearchIcon className="pointer-events-none absolute inset-y-0 start-4 my-auto size-5 text-faint" />
        <input
          ref={input}
          type="search"
          name="q"
          aria-label={label}
          placeholder={placeholder}
          maxLength={200}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
          className="field min-h-13 ps-12 text-lg"
          defaultValue={value}
          onInput={() => {
            clearTimeout(timer.current);
            timer.current = setTimeout(tell, rest);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' || event.nativeEvent.isComposing) return;
            event.preventDefault();
            tell();
            onLeave();
          }}
        />
        <span className="pointer-events-none absolute inset-y-0 end-4 flex items-center noscript:hidden [input:focus~&]:hidden [input:not(:placeholder-shown)~&]:hidden">
          <KeyHint>/</KeyHint>
        </span>
        <button type="submit" className={`${buttonClass()} hidden! shrink-0 noscript:inline-flex!`}>
          {t('search')}
        </button>
      </form>
    </search>
  );
}
