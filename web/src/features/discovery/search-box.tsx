import { useEffect, useRef, useState } from 'react';
import { SearchIcon } from '../../components/icons.tsx';
import { useDebounced } from '../../lib/use-debounced.ts';

interface SearchBoxProps {
  label: string;
  placeholder: string;
  value: string;
  onSearch: (q: string) => void;
}

/** Results follow the typing; the address follows when the typing rests. */
export function SearchBox({ label, placeholder, value, onSearch }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const settled = useDebounced(text, 200);
  const told = useRef(value);

  useEffect(() => {
    if (settled.trim() === told.current) return;
    told.current = settled.trim();
    onSearch(settled.trim());
  }, [settled, onSearch]);

  // Back and forward in the browser change the address without the box.
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setText(value);
  }, [value]);

  return (
    <search>
      <form
        className="relative"
        onSubmit={(event) => {
          event.preventDefault();
          told.current = text.trim();
          onSearch(text.trim());
        }}
      >
        <SearchIcon className="pointer-events-none absolute inset-y-0 start-4 my-auto size-5 text-faint" />
        <input
          type="search"
          aria-label={label}
          placeholder={placeholder}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          className="field min-h-13 rounded-full ps-12 text-lg"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </form>
    </search>
  );
}
