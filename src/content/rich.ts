/** Text with the few things our sentences are made of besides words. */

export type Rich = readonly (
  | string
  | { path: readonly string[] }
  | { press: string }
  | { code: string }
  | { link: string; to: string }
)[];

/** A way through Settings, drawn as a breadcrumb of keys. */
export function path(...parts: string[]): { path: readonly string[] } {
  return { path: parts };
}

/** A button, tab, switch or line on a screen, named as it is labelled there. */
export function press(label: string): { press: string } {
  return { press: label };
}

/** Something to type exactly. */
export function code(text: string): { code: string } {
  return { code: text };
}

/** Another page of ours: its address below the site's own. */
export function link(label: string, to: string): { link: string; to: string } {
  return { link: label, to };
}

/** The text as one would read it aloud; what tests and search see. */
export function plainText(rich: Rich): string {
  return rich
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('path' in part) return part.path.join(' › ');
      if ('link' in part) return part.link;
      return 'press' in part ? part.press : part.code;
    })
    .join('');
}
