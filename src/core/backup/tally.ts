/** Counts what a look through the index finds, by kind of data. */
import { kinds, type Kind } from './kinds.ts';
import { oneLine } from './oneLine.ts';

export type FaultName =
  /** Listed, and not there. */
  | 'missing'
  /** Shorter than the index says. */
  | 'cut-short'
  /** Longer than the index says: it changed while the backup was made. */
  | 'grown'
  /** Its number is not the one that its place has. */
  | 'wrong-number'
  | 'listed-twice'
  /** What the index says of it cannot be read. */
  | 'bad-record'
  /** Its content is not what the index says. */
  | 'changed'
  /** It does not decrypt to what it should be. */
  | 'unopenable';

export interface Fault {
  fault: FaultName;
  kind: Kind;
  files: number;
  /** As the index says. */
  bytes: number;
  /** The first few, as domain and path. */
  examples: string[];
}

export interface KindCount {
  kind: Kind;
  files: number;
  bytes: number;
}

export interface Tally {
  count: (kind: Kind, bytes: number) => void;
  fault: (fault: FaultName, kind: Kind, bytes: number, place: string) => void;
  /** In the order of `kinds`, without those that have nothing. */
  kinds: () => KindCount[];
  faults: () => Fault[];
}

const mostExamples = 5;
const longestExample = 300;

export function newTally(): Tally {
  const counts = new Map<Kind, KindCount>();
  const faults = new Map<string, Fault>();
  const byKind = (a: { kind: Kind }, b: { kind: Kind }): number =>
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind);
  return {
    count: (kind, bytes) => {
      const counted = counts.get(kind) ?? { kind, files: 0, bytes: 0 };
      counted.files += 1;
      counted.bytes += bytes;
      counts.set(kind, counted);
    },
    fault: (name, kind, bytes, place) => {
      const key = `${name} ${kind}`;
      const fault = faults.get(key) ?? { fault: name, kind, files: 0, bytes: 0, examples: [] };
      fault.files += 1;
      fault.bytes += bytes;
      if (fault.examples.length < mostExamples) fault.examples.push(oneLine(place, longestExample));
      faults.set(key, fault);
    },
    kinds: () => Array.from(counts.values()).sort(byKind),
    faults: () => Array.from(faults.values()).sort(byKind),
  };
}
