/**
 * "/" goes to the search, as in many manuals, unless something is being typed. Who speaks to their
 * device may say it by accident, so it can be turned off (WCAG 2.1.4).
 */
const storedAs = 'backup-first.slash-key';

export function slashKeyIsOn(): boolean {
  try {
    return localStorage.getItem(storedAs) !== 'off';
  } catch {
    // A key that could not be turned off stays off.
    return false;
  }
}

/** @returns whether the choice was kept */
export function turnSlashKey(on: boolean): boolean {
  try {
    if (on) localStorage.removeItem(storedAs);
    else localStorage.setItem(storedAs, 'off');
    return true;
  } catch {
    return false;
  }
}

export function listenForSlash(): void {
  document.addEventListener('keydown', (event) => {
    const typing =
      event.target instanceof Element && event.target.closest('input, select, textarea');
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    if (!slashKeyIsOn()) return;
    const input = document.querySelector<HTMLInputElement>('#search-input');
    const link = document.querySelector<HTMLAnchorElement>('nav a[href$="search/"]');
    event.preventDefault();
    if (input) input.focus();
    else link?.click();
  });
}
