/** What the checker needs once the visitor shows interest, and not before. */
import { buildIndex, lookup, type Lookup } from '../../core/lookup/lookup.ts';
import { facts } from '../../data/facts.ts';

const index = buildIndex(facts);

export { facts };
export { answersOfAddress, showInAddress } from './address.ts';
export { Guess } from './Guess.tsx';
export { Plan } from './Plan.tsx';

// Browsers compile a function when it is first called, and mending a word calls many. That may
// take long on an old phone: better now than at a key, but after a result that is waited for.
setTimeout(() => find('ihpone 6s'), 0);

export function find(text: string): Lookup {
  return lookup(index, text);
}
