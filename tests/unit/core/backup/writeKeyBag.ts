/** Writes key bags for tests, record by record, in the order that real ones have been seen in. */

export interface TaggedRecord {
  tag: string;
  value: Uint8Array;
}

export function record(tag: string, value: Uint8Array): TaggedRecord {
  return { tag, value };
}

/** Four bytes, the largest first. */
export function number(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

export function header({
  salt,
  iterations,
}: {
  salt: Uint8Array;
  iterations: number;
}): TaggedRecord[] {
  return [
    record('VERS', number(5)),
    record('TYPE', number(1)),
    record('UUID', new Uint8Array(16).fill(1)),
    record('HMCK', new Uint8Array(40).fill(2)),
    record('WRAP', number(1)),
    record('SALT', salt),
    record('ITER', number(iterations)),
  ];
}

export function classBlock(
  protectionClass: number,
  wrap: number,
  wrappedKey?: Uint8Array,
): TaggedRecord[] {
  return [
    record('UUID', new Uint8Array(16).fill(protectionClass)),
    record('CLAS', number(protectionClass)),
    record('WRAP', number(wrap)),
    record('KTYP', number(0)),
    ...(wrappedKey ? [record('WPKY', wrappedKey)] : []),
  ];
}

export function writeKeyBag(records: readonly TaggedRecord[]): Uint8Array {
  return Uint8Array.from(
    records.flatMap(({ tag, value }) => [
      ...Array.from(tag, (letter) => letter.charCodeAt(0)),
      ...number(value.length),
      ...value,
    ]),
  );
}
