/** Keeps the page's address and the answers the same thing. */
import { readAnswers, writeAnswers, type Answers, type ReadAnswers } from '../../core/answers.ts';
import type { Facts } from '../../data/schema.ts';

/** Safari allows 100 changes of the address in 30 seconds; typing alone may exceed it. */
const typingPause = 300;
let timer: ReturnType<typeof setTimeout> | undefined;
/** What is typed and not yet in the address. */
let unwritten: string | undefined;

export function answersOfAddress(facts: Facts): ReadAnswers {
  // After Back, what was being typed belongs to a step that is gone.
  clearTimeout(timer);
  unwritten = undefined;
  return readAnswers(location.search, facts);
}

/**
 * @param how "choose" makes a step that Back takes back; "type" rewrites the present one, once
 * typing pauses
 */
export function showInAddress(answers: Answers, facts: Facts, how: 'choose' | 'type'): void {
  const address = location.pathname + writeAnswers(answers, facts) + location.hash;
  clearTimeout(timer);
  if (how === 'type') {
    unwritten = address;
    timer = setTimeout(writeTyped, typingPause);
    return;
  }
  // What was typed belongs to the step that Back returns to.
  writeTyped();
  if (address !== location.pathname + location.search + location.hash) {
    change('pushState', address);
  }
}

function writeTyped(): void {
  if (unwritten !== undefined) change('replaceState', unwritten);
  unwritten = undefined;
}

function change(method: 'pushState' | 'replaceState', address: string): void {
  try {
    history[method](null, '', address);
  } catch {
    // Refused for being too frequent: the next change carries this one with it.
  }
}
