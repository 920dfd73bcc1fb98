/**
 * "/" goes to the search, as in many manuals, unless something is being typed. Who speaks to their
 * device may say it by accident, so it can be turned off (WCAG 2.1.4).
 */
const storedAs = 'backup-first.slash-key';

export function listenForSlash(): void {
  document.addEventListener('keydown', (event) => {
    const typing =
      event.target instanceof Element && event.target.closest('input, select, textarea');
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    if (!isOn()) return;
    const input = document.querySelector<HTMLInputElement>('#search-input');
    const link = document.querySelector<HTMLAnchorElement>('nav a[href$="search/"]');
    event.preventDefault();
    if (input) input.focus();
    else link?.click();
  });
}

/** Shows and connects the switch, on the page that has it. */
export function connectSlashSwitch(): void {
  const place = document.querySelector<HTMLElement>('#slash-key');
  const box = place?.querySelector('input');
  if (!place || !box) return;
  place.hidden = false;
  box.checked = isOn();
  box.addEventListener('change', () => {
    turn(box.checked);
    // Where the choice is not kept, the box shows what goes on being so.
    box.checked = isOn();
  });
}

function isOn(): boolean {
  try {
    return localStorage.getItem(storedAs) === null;
  } catch {
    // A key that could not be turned off stays off.
    return false;
  }
}

function turn(on: boolean): void {
  try {
    if (on) localStorage.removeItem(storedAs);
    else localStorage.setItem(storedAs, 'off');
  } catch {
    // Storage is full or forbidden.
  }
}
