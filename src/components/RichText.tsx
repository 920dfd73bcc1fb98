import type { Rich } from '../content/rich.ts';

/** Words, Settings paths drawn as a breadcrumb of keys, labels of buttons, and things to type. */
export function RichText({ text }: { text: Rich }) {
  return (
    <>
      {text.map((part) => {
        if (typeof part === 'string') return part;
        if ('code' in part) return <code>{part.code}</code>;
        if ('press' in part) return <b class="press">{part.press}</b>;
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
