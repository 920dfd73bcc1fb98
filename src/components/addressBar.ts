/** Keeps the page's address and what it shows the same thing. */

/** Safari allows 100 changes of the address in 30 seconds; typing alone may exceed it. */
const typingPause = 300;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Writes what is typed and not yet in the address. */
let writeTyped: (() => void) | undefined;

/** After Back, what was being typed belongs to a step that is gone. */
export function forgetTyped(): void {
  clearTimeout(timer);
  writeTyped = undefined;
}

/**
 * @param query makes the query, with its question mark; called once typing pauses
 * @param how "choose" makes a step that Back takes back; "type" rewrites the present one, once
 * typing pauses
 */
export function showInAddressBar(query: () => string, how: 'choose' | 'type'): void {
  clearTimeout(timer);
  if (how === 'type') {
    writeTyped = () => change('replaceState', query());
    timer = setTimeout(() => {
      writeTyped?.();
      writeTyped = undefined;
    }, typingPause);
    return;
  }
  // What was typed belongs to the step that Back returns to.
  writeTyped?.();
  writeTyped = undefined;
  change('pushState', query());
}

function change(method: 'pushState' | 'replaceState', query: string): void {
  if (query === location.search) return;
  try {
    history[method](null, '', location.pathname + query + location.hash);
  } catch {
    // Refused for being too frequent: the next change carries this one with it.
  }
}
