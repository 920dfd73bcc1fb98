/** Keeps the page's address and the answers the same thing. */
import { readAnswers, writeAnswers, type Answers, type ReadAnswers } from '../../core/answers.ts';
import type { Facts } from '../../data/schema.ts';

/** Safari allows 100 changes of the address in 30 seconds; typing alone may exceed it. */
const typingPause = 300;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Writes what is typed and not yet in the address. */
let writeTyped: (() => void) | undefined;

export function answersOfAddress(facts: Facts): ReadAnswers {
  // After Back, what was being typed belongs to a step that is gone.
  clearTimeout(timer);
  writeTyped = undefined;
  return readAnswers(location.search, facts);
}

/**
 * @param how "choose" makes a step that Back takes back; "type" rewrites the present one, once
 * typing pauses
 */
export function showInAddress(answers: Answers, facts: Facts, how: 'choose' | 'type'): void {
  clearTimeout(timer);
  if (how === 'type') {
    writeTyped = () => change('replaceState', answers, facts);
    timer = setTimeout(() => {
      writeTyped?.();
      writeTyped = undefined;
    }, typingPause);
    return;
  }
  // What was typed belongs to the step that Back returns to.
  writeTyped?.();
  writeTyped = undefined;
  change('pushState', answers, facts);
}

function change(method: 'pushState' | 'replaceState', answers: Answers, facts: Facts): void {
  const query = writeAnswers(answers, facts);
  if (query === location.search) return;
  try {
    history[method](null, '', location.pathname + query + location.hash);
  } catch {
    // Refused for being too frequent: the next change carries this one with it.
  }
}
