import type { Browser } from './browsers.ts';

/** Something in a built file that a browser of the floor does not understand. */
export interface Problem {
  file: string;
  /** What it is, as exceptions name it: `Object.fromEntries`, `display: grid`, `:focus-visible`. */
  construct: string;
  /** The browsers that lack it; none where it fails in browsers below the floor. */
  browsers: Browser[];
  /** What to do about it. */
  advice: string;
}

/** As a line: `file: construct (Safari 12.1 and Chrome 70 lack it): what to do`. */
export function asLine({ file, construct, browsers, advice }: Problem): string {
  const names = browsers.map(({ name, version }) => `${name} ${version}`);
  const who =
    names.length === 0 ? '' : ` (${names.join(', ')} ${names.length === 1 ? 'lacks' : 'lack'} it)`;
  return `${file}: ${construct}${who}: ${advice}`;
}
