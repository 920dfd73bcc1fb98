/** The one input: an editable combobox with a list, after the ARIA 1.2 pattern. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Lookup as LookupResult, Match, Piece } from '../../core/lookup/lookup.ts';
import { lookupMessage } from '../../content/lookup.ts';
import { Announcement } from './Announcement.tsx';

interface Props {
  text: string;
  /** A device is chosen, and the text is its name. */
  chosen: boolean;
  /** undefined while the facts are still on their way, or when a device is chosen. */
  result: LookupResult | undefined;
  loading: boolean;
  asOf: string | undefined;
  onText: (text: string) => void;
  onChoose: (deviceId: string) => void;
  onInterest: () => void;
}

/** Rows drawn at once; the rest follow when typing pauses, so that no keystroke waits for them. */
const firstRows = 8;
const listId = 'lookup-list';
const optionId = (index: number): string => `lookup-option-${index}`;

export function Lookup({
  text,
  chosen,
  result,
  loading,
  asOf,
  onText,
  onChoose,
  onInterest,
}: Props) {
  const [active, setActive] = useState(-1);
  const [closed, setClosed] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const matches = result?.kind === 'matches' ? result.matches : [];
  const open = matches.length > 0 && !closed;
  const message = lookupMessage(result, asOf);
  const [completeFor, setCompleteFor] = useState('');
  const rows = completeFor === text ? matches : matches.slice(0, firstRows);

  useEffect(() => {
    const timer = setTimeout(() => setCompleteFor(text), 150);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    const option = active >= 0 ? list.current?.children[active] : undefined;
    if (option instanceof HTMLElement && list.current) keepInView(option, list.current);
  }, [active]);

  const choose = (index: number): void => {
    const match = matches[index];
    if (match) onChoose(match.device.id);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const last = matches.length - 1;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        if (matches.length === 0) return;
        setClosed(false);
        setCompleteFor(text);
        setActive(nextIndex(event.key, active, last));
        break;
      case 'Home':
      case 'End':
        // Without an option marked, these move in the text, as everywhere else.
        if (!open || active < 0) return;
        setActive(event.key === 'Home' ? 0 : last);
        break;
      case 'Enter':
        if (!open) return;
        if (active >= 0 || last === 0) choose(Math.max(active, 0));
        else setActive(0);
        break;
      case 'Escape':
        if (open) setClosed(true);
        else onText('');
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  return (
    <div class="lookup">
      <label for="lookup-input">Which device do you have?</label>
      <p class="hint" id="lookup-hint">
        A name, a nickname, an A-number or an identifier: “6s”, “iPad 8th gen”, “A1633”.
      </p>
      <input
        id="lookup-input"
        ref={input}
        type="text"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={open ? 'true' : 'false'}
        aria-controls={listId}
        aria-describedby="lookup-hint"
        {...(open && active >= 0 ? { 'aria-activedescendant': optionId(active) } : {})}
        autocomplete="off"
        autocorrect="off"
        autocapitalize="none"
        spellcheck={false}
        enterkeyhint="search"
        maxLength={80}
        value={text}
        onFocus={(event) => {
          onInterest();
          // To look up another device, one types over the name.
          if (chosen) event.currentTarget.select();
        }}
        onInput={(event) => {
          setClosed(false);
          setActive(-1);
          onText(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      <ul
        id={listId}
        class="lookup-list"
        role="listbox"
        aria-label="Devices that match"
        hidden={!open}
        ref={list}
        tabIndex={-1}
        // One listener for all: a new one for every option would be set anew at every keystroke.
        onClick={(event) => choose(indexOfOption(event.target))}
      >
        {open &&
          rows.map((match, index) => (
            <li
              key={index}
              id={optionId(index)}
              role="option"
              aria-selected={index === active ? 'true' : 'false'}
              class={index === active ? 'is-active' : undefined}
            >
              {optionText(match)}
            </li>
          ))}
      </ul>
      {chosen && (
        <button
          type="button"
          class="button-quiet another-device"
          onClick={() => {
            onText('');
            input.current?.focus();
          }}
        >
          Choose another device
        </button>
      )}
      {message && <p class="lookup-message">{message}</p>}
      {loading && text !== '' && <p class="hint">Getting the list of devices…</p>}
      <Announcement text={announcementOf(result, open, matches.length, message)} />
    </div>
  );
}

/** Not a component, like what it calls: a keystroke draws dozens, and each would be an instance. */
function optionText({ device, name, by }: Match): ComponentChildren {
  return (
    <>
      <span class="option-name">{pieces(name)}</span>{' '}
      <span class="option-detail">
        {by?.kind === 'year' ? pieces(by.pieces) : device.year}
        {by && by.kind !== 'year' && (
          <>
            {' · '}
            {pieces(by.pieces)}
          </>
        )}
      </span>
    </>
  );
}

function pieces(of: Piece[]): ComponentChildren[] {
  return of.map(({ text, matched }) => (matched ? <mark>{text}</mark> : text));
}

function announcementOf(
  result: LookupResult | undefined,
  open: boolean,
  count: number,
  message: string | undefined,
): string {
  if (message) return message;
  if (!open || result?.kind !== 'matches') return '';
  return count === 1
    ? '1 device matches. Press Enter to choose it.'
    : `${count} devices match. Use the arrow keys to choose one.`;
}

/** Which option was pressed, be it on a word in it; -1 for none. */
function indexOfOption(pressed: EventTarget | null): number {
  const option = pressed instanceof Element ? pressed.closest('[role=option]') : null;
  return Array.from(option?.parentElement?.children ?? []).indexOf(option as Element);
}

/** One further, and around at the ends. */
function nextIndex(key: 'ArrowDown' | 'ArrowUp', active: number, last: number): number {
  if (key === 'ArrowDown') return active >= last ? 0 : active + 1;
  return active <= 0 ? last : active - 1;
}

/** Scrolls the list alone; `scrollIntoView` would move the page under the finger. */
function keepInView(option: HTMLElement, list: HTMLElement): void {
  const top = option.offsetTop - list.offsetTop;
  if (top < list.scrollTop) list.scrollTop = top;
  const bottom = top + option.offsetHeight;
  if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
}
