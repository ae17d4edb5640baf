import {
  type InputHTMLAttributes,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { useTranslations } from 'use-intl';

interface ComboboxProps<T> {
  value: string;
  onInput: (text: string) => void;
  /** What is offered for the text, best first. Items of one group stand together. */
  items: readonly T[];
  keyOf: (item: T) => string;
  render: (item: T) => ReactNode;
  onPick: (item: T) => void;
  /** Enter while nothing is chosen; without it the form around hears the key. */
  onEnter?: () => void;
  /** The title that an item stands under. */
  groupOf?: (item: T) => string;
  /** Names the list for those who do not see it. */
  listLabel: string;
  /** The list is a part of the page, always open, and its first item is chosen: a palette. */
  isInline?: boolean;
  input?: Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onInput' | 'onChange' | 'role'>;
}

/**
 * An input with suggestions, after the "editable combobox with list autocomplete" of the ARIA Authoring Practices: the
 * focus stays in the input, arrows choose, Enter picks, Escape and leaving close. The list lies over the page.
 */
export function Combobox<T>({
  value,
  onInput,
  items,
  keyOf,
  render,
  onPick,
  onEnter,
  groupOf,
  listLabel,
  isInline = false,
  input,
}: ComboboxProps<T>) {
  const t = useTranslations('combobox');
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [isWanted, setWanted] = useState(false);
  const [chosenKey, setChosenKey] = useState<string | null>(null);

  const isOpen = isInline || (isWanted && items.length > 0);
  const found = chosenKey === null ? -1 : items.findIndex((item) => keyOf(item) === chosenKey);
  const chosenIndex = !isOpen ? -1 : found >= 0 ? found : isInline && items.length > 0 ? 0 : -1;
  const optionId = (index: number) => `${listId}-${index}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen option is marked in the list, which is read here
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosenIndex]);

  const choose = (index: number) => {
    const item = items[index];
    setChosenKey(item === undefined ? null : keyOf(item));
  };
  const close = () => {
    setWanted(false);
    setChosenKey(null);
  };
  const pick = (item: T) => {
    close();
    onPick(item);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // A word still being composed, as in Hindi, keeps its keys.
    if (event.nativeEvent.isComposing) return;
    const chosen = items[chosenIndex];
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        if (items.length === 0) return;
        event.preventDefault();
        if (event.altKey) return event.key === 'ArrowDown' ? setWanted(true) : close();
        setWanted(true);
        // One place more than there are items: the input itself, where the reader's own text stands.
        const places = items.length + 1;
        const step = event.key === 'ArrowDown' ? 1 : -1;
        return choose(((chosenIndex + 1 + step + places) % places) - 1);
      }
      case 'Enter':
        if (chosen !== undefined) {
          event.preventDefault();
          pick(chosen);
        } else if (onEnter) {
          event.preventDefault();
          close();
          onEnter();
        }
        return;
      case 'Escape':
        if (!isOpen || isInline) return;
        event.preventDefault();
        return close();
      case 'Home':
      case 'End':
        return setChosenKey(null);
    }
  };

  const option = (item: T, index: number) => (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input holds the focus and hears the keys
    // biome-ignore lint/a11y/useFocusableInteractive: options are pointed at by aria-activedescendant
    <div
      key={keyOf(item)}
      id={optionId(index)}
      role="option"
      aria-selected={index === chosenIndex}
      className="option"
      onClick={() => pick(item)}
    >
      {render(item)}
    </div>
  );

  return (
    <div className={isInline ? '' : 'relative'}>
      <input
        className="field"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...input}
        type="text"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-activedescendant={chosenIndex >= 0 ? optionId(chosenIndex) : undefined}
        value={value}
        onChange={(event) => {
          setWanted(true);
          setChosenKey(null);
          onInput(event.target.value);
        }}
        onKeyDown={(event) => {
          onKeyDown(event);
          input?.onKeyDown?.(event);
        }}
        onBlur={(event) => {
          close();
          input?.onBlur?.(event);
        }}
      />
      {/* Pressing an option, or the scrollbar beside it, leaves the focus in the input. */}
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={listLabel}
        hidden={!isOpen}
        className={isInline ? 'option-list' : 'option-list option-sheet'}
        onMouseDown={(event) => event.preventDefault()}
      >
        {isOpen ? grouped(items, groupOf, option, listId) : null}
      </div>
      <span role="status" className="sr-only">
        {isOpen ? t('count', { count: items.length }) : ''}
      </span>
    </div>
  );
}

/** Options in the order of their items; where a group starts, its title. */
function grouped<T>(
  items: readonly T[],
  groupOf: ((item: T) => string) | undefined,
  option: (item: T, index: number) => ReactNode,
  listId: string,
): ReactNode {
  if (!groupOf) return items.map(option);
  const groups: { title: string; options: ReactNode[] }[] = [];
  items.forEach((item, index) => {
    const title = groupOf(item);
    if (groups.at(-1)?.title !== title) groups.push({ title, options: [] });
    groups.at(-1)?.options.push(option(item, index));
  });
  return groups.map(({ title, options }, place) => (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a listbox
    <div key={title} role="group" aria-labelledby={`${listId}-group-${place}`}>
      <div id={`${listId}-group-${place}`} className="eyebrow px-3 pt-3 pb-1">
        {title}
      </div>
      {options}
    </div>
  ));
}
