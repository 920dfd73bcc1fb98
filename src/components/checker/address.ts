/** Keeps the page's address and the answers the same thing. */
import { readAnswers, writeAnswers, type Answers, type ReadAnswers } from '../../core/answers.ts';
import type { Facts } from '../../data/schema.ts';

/** Safari allows 100 changes of the address in 30 seconds; typing alone may exceed it. */
const typingPause = 300;
let pending: ReturnType<typeof setTimeout> | undefined;

export function answersOfAddress(facts: Facts): ReadAnswers {
  return readAnswers(location.search, facts);
}

/**
 * @param how "choose" makes a step that Back takes back; "type" rewrites the present one, once
 * typing pauses
 */
export function showInAddress(answers: Answers, facts: Facts, how: 'choose' | 'type'): void {
  clearTimeout(pending);
  const address = location.pathname + writeAnswers(answers, facts) + location.hash;
  if (how === 'type') {
    pending = setTimeout(() => change('replaceState', address), typingPause);
  } else if (address !== location.pathname + location.search + location.hash) {
    change('pushState', address);
  }
}

function change(method: 'pushState' | 'replaceState', address: string): void {
  try {
    history[method](null, '', address);
  } catch {
    // Refused for being too frequent: the next change carries this one with it.
  }
}
