/**
 * The key bag of an encrypted backup (`BackupKeyBag` in Manifest.plist): the class keys, each
 * wrapped with the key that the password leads to. A run of records: a tag of four letters, a
 * length of four bytes, the value; all numbers big-endian.
 */

export interface KeyBag {
  salt: Uint8Array;
  iterations: number;
  /** The derivation that comes before the other, since iOS 10.2. */
  double: { salt: Uint8Array; iterations: number } | undefined;
  /** By protection class. */
  classes: Map<number, ClassEntry>;
}

interface ClassEntry {
  /** Bits: 1 wrapped with the device's own key, 2 with the password's. */
  wrap: number;
  wrappedKey: Uint8Array | undefined;
}

/** The key bag cannot be used. The message is sentences about it that a visitor can read. */
export class KeyBagError extends Error {
  override readonly name = 'KeyBagError';
}

/** Ten times what backups ask for: a minute or a few, where four billion would take hours. */
const mostIterations = 100_000_000;
/** A bag has about ten classes of a hundred bytes. */
const mostBytes = 64 * 1024;
const headLength = 8;

/**
 * Unknown records are passed over, and so are up to seven bytes after the last one.
 * @throws KeyBagError when it is damaged, or asks for more work than any backup does
 */
export function readKeyBag(bytes: Uint8Array): KeyBag {
  if (bytes.length > mostBytes) throw new KeyBagError('The key bag is larger than any backup has.');
  const { header, blocks } = inBlocks(records(bytes));
  const derivation = derivationOf(header, 'SALT', 'ITER');
  if (!derivation) throw new KeyBagError('The key bag is damaged: it does not say how to begin.');
  return {
    ...derivation,
    double: derivationOf(header, 'DPSL', 'DPIC'),
    classes: new Map(blocks.map(classOf).filter((found) => found !== undefined)),
  };
}

interface KeyBagRecord {
  tag: string;
  value: Uint8Array;
}

function records(bytes: Uint8Array): KeyBagRecord[] {
  const found: KeyBagRecord[] = [];
  for (let at = 0; at + headLength <= bytes.length;) {
    const start = at + headLength;
    const end = start + numberOf(bytes.subarray(at + 4, start));
    if (end > bytes.length) throw new KeyBagError('The key bag is damaged: it ends too early.');
    found.push({
      tag: String.fromCharCode(...bytes.subarray(at, at + 4)),
      value: new Uint8Array(bytes.subarray(start, end)),
    });
    at = end;
  }
  return found;
}

type Block = Map<string, Uint8Array>;
const tagsOfClass = ['UUID', 'CLAS', 'WRAP', 'KTYP', 'WPKY', 'PBKY'];

/** A UUID begins a class. The first one is the bag's own: that block is of no class. */
function inBlocks(all: KeyBagRecord[]): { header: Block; blocks: Block[] } {
  const header: Block = new Map();
  const blocks: Block[] = [];
  for (const { tag, value } of all) {
    if (tag === 'UUID') blocks.push(new Map());
    const block = tagsOfClass.includes(tag) ? blocks[blocks.length - 1] : undefined;
    (block ?? header).set(tag, value);
  }
  return { header, blocks };
}

function derivationOf(header: Block, saltTag: string, iterationsTag: string): KeyBag['double'] {
  const [salt, count] = [header.get(saltTag), header.get(iterationsTag)];
  if (!salt && !count) return undefined;
  if (!salt || salt.length === 0 || count?.length !== 4) {
    throw new KeyBagError('The key bag is damaged: half of what leads to its keys is missing.');
  }
  const iterations = numberOf(count);
  if (iterations < 1 || iterations > mostIterations) {
    throw new KeyBagError(
      `The key bag asks for ${iterations} rounds of work for each password; no backup does.`,
    );
  }
  return { salt, iterations };
}

/** @returns undefined where a block does not say which class it is for */
function classOf(block: Block): [number, ClassEntry] | undefined {
  const [protectionClass, wrap] = [block.get('CLAS'), block.get('WRAP')];
  if (protectionClass?.length !== 4) return undefined;
  return [
    numberOf(protectionClass),
    { wrap: wrap?.length === 4 ? numberOf(wrap) : 0, wrappedKey: block.get('WPKY') },
  ];
}

function numberOf(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
