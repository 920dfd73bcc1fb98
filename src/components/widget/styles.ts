/** The checker's own styles, made to stand in a shadow root: `:root` and `rem` are the page's. */
import colors from '../../styles/colors.css?inline';
import text from '../../styles/text.css?inline';
import forms from '../../styles/forms.css?inline';
import lookup from '../checker/lookup.css?inline';
import verdict from '../checker/verdict.css?inline';
import own from './widget.css?inline';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export function stylesFor(theme: Theme): string {
  return (
    colorsFor(theme).replace(/:root/g, '.widget') +
    [text, forms, lookup, verdict, own].join('').replace(/(\d)rem\b/g, '$1em')
  );
}

function colorsFor(theme: Theme): string {
  if (theme === 'auto') return colors;
  return colors
    .replace(/\(prefers-color-scheme: ?dark\)/, theme === 'dark' ? ' all' : ' not all')
    .replace('light dark', theme);
}

/**
 * Puts the styles into a shadow root: where the browser can (Safari 16.4, Chrome 73, Firefox 101), in a
 * way that no policy of the page forbids; else from a file of ours, which one may.
 */
export function applyStyles(root: ShadowRoot, theme: Theme, home: string): void {
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(stylesFor(theme));
    root.adoptedStyleSheets = [sheet];
    return;
  }
  const before = root.querySelector('link');
  // A new one, ready when it is put in: Chromium 69 crashes when one in a shadow root becomes a style sheet.
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = `${home}widget/v1/${theme}.css`;
  if (before?.href === link.href) return;
  root.insertBefore(link, root.firstChild);
  if (before) root.removeChild(before);
}
