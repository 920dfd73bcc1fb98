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
 * Puts the styles into a shadow root in a way that a strict policy of the page allows, where the
 * browser knows one (Safari 16.4, Chrome 73, Firefox 101).
 */
export function applyStyles(root: ShadowRoot, theme: Theme): void {
  const css = stylesFor(theme);
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    return;
  }
  const style = root.querySelector('style') ?? root.appendChild(document.createElement('style'));
  style.textContent = css;
}
