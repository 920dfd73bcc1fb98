import type { Rich } from '../content/rich.ts';
import { addressOf } from './siteAddress.ts';

/** Words, Settings paths drawn as a breadcrumb of keys, labels of buttons, things to type, and links. */
export function RichText({ text }: { text: Rich }) {
  return (
    <>
      {text.map((part) => {
        if (typeof part === 'string') return part;
        if ('code' in part) return <code>{part.code}</code>;
        if ('press' in part) return <b class="press">{part.press}</b>;
        if ('link' in part) return <a href={addressOf(part.to)}>{part.link}</a>;
        return (
          <span class="path">
            {part.path.map((key, index) => (
              <>
                {index > 0 && <span class="path-arrow"> › </span>}
                <span class="path-key">{key}</span>
              </>
            ))}
          </span>
        );
      })}
    </>
  );
}
