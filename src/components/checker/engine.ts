/** What the checker needs once the visitor shows interest, and not before. */
import { buildIndex, lookup, type Lookup } from '../../core/lookup/lookup.ts';
import { facts } from '../../data/facts.ts';

const index = buildIndex(facts);

export { facts };
export { answersOfAddress, showInAddress } from './address.ts';
export { Guess } from './Guess.tsx';
export { Plan } from './Plan.tsx';

export function find(text: string): Lookup {
  return lookup(index, text);
}
