/** Writes property lists: the binary encoding, version 00, and Apple's XML. */

/** A reference to another object, as keyed archives have them. */
export class Uid {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}

/** A number to be written with a fraction, whole or not. */
export class Real {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

export type Plist =
  | string
  | number
  | bigint
  | boolean
  | Date
  | Uint8Array
  | Uid
  | Real
  | Plist[]
  | { [key: string]: Plist };

/** Seconds from 1970 to 2001, where Apple's dates begin. */
export const appleEpoch = 978_307_200;

/**
 * How a file is laid out around its objects. Only those who write broken files change anything
 * but the objects.
 */
export interface Layout {
  /** each encoded, marker byte and all; the first is the root */
  objects: Uint8Array[];
  /** bytes of a reference from one object to another */
  referenceSize: number;
  /** what the trailer says of how many objects there are */
  claimedCount?: number | bigint;
  /** where the offset table says the objects are, in the order of `objects` */
  offsets?: number[];
  top?: number;
}

export function binaryPlist(value: Plist): Buffer {
  const objects: (Exclude<Plist, Plist[]> | References)[] = [];
  const known = new Map<string, number>();
  const place = (item: Plist): number => {
    const name = scalarName(item);
    const found = name === undefined ? undefined : known.get(name);
    if (found !== undefined) return found;
    const index = objects.length;
    if (name !== undefined) known.set(name, index);
    if (!isContainer(item)) {
      objects.push(item);
      return index;
    }
    const references = new References(!Array.isArray(item));
    objects.push(references);
    if (Array.isArray(item)) references.to = item.map(place);
    else references.to = [...Object.keys(item).map(place), ...Object.values(item).map(place)];
    return index;
  };
  place(value);
  const referenceSize = objects.length <= 0x100 ? 1 : objects.length <= 0x1_0000 ? 2 : 4;
  return layOut({
    objects: objects.map((item) =>
      item instanceof References
        ? encodeReferences(item.isDictionary, item.to, referenceSize)
        : encodeScalar(item),
    ),
    referenceSize,
  });
}

/** Header, objects, offset table, trailer. */
export function layOut({ objects, referenceSize, claimedCount, offsets, top }: Layout): Buffer {
  const header = Buffer.from('bplist00', 'latin1');
  const starts: number[] = [];
  let at = header.length;
  for (const object of objects) {
    starts.push(at);
    at += object.length;
  }
  const written = offsets ?? starts;
  const offsetSize = at <= 0xff ? 1 : at <= 0xffff ? 2 : 4;
  const table = Buffer.alloc(written.length * offsetSize);
  written.forEach((offset, index) => table.writeUIntBE(offset, index * offsetSize, offsetSize));
  const trailer = Buffer.alloc(32);
  trailer.writeUInt8(offsetSize, 6);
  trailer.writeUInt8(referenceSize, 7);
  trailer.writeBigUInt64BE(BigInt(claimedCount ?? objects.length), 8);
  trailer.writeBigUInt64BE(BigInt(top ?? 0), 16);
  trailer.writeBigUInt64BE(BigInt(at), 24);
  return Buffer.concat([header, ...objects, table, trailer]);
}

/** @param to for a dictionary: all keys, then all values */
export function encodeReferences(
  isDictionary: boolean,
  to: number[],
  referenceSize: number,
): Buffer {
  const count = isDictionary ? to.length / 2 : to.length;
  const references = Buffer.alloc(to.length * referenceSize);
  to.forEach((index, position) =>
    references.writeUIntBE(index, position * referenceSize, referenceSize),
  );
  return Buffer.concat([marker(isDictionary ? 0xd0 : 0xa0, count), references]);
}

/** The marker of an object that says how much follows: up to 14 within it, more as an integer. */
export function marker(type: number, count: number | bigint): Buffer {
  return count < 15
    ? Buffer.of(type | Number(count))
    : Buffer.concat([Buffer.of(type | 15), encodeInteger(count)]);
}

/** A list or dictionary whose parts already have their numbers. */
class References {
  readonly isDictionary: boolean;
  to: number[] = [];
  constructor(isDictionary: boolean) {
    this.isDictionary = isDictionary;
  }
}

function isContainer(value: Plist): value is Plist[] | Record<string, Plist> {
  return typeof value === 'object' && !isLeafObject(value);
}

function isLeafObject(value: object): value is Date | Uint8Array | Uid | Real {
  return (
    value instanceof Date ||
    value instanceof Uint8Array ||
    value instanceof Uid ||
    value instanceof Real
  );
}

/** Larger ones fit no integer of the format. */
const isInteger = (value: number): boolean => Number.isInteger(value) && Math.abs(value) < 2 ** 63;

/** Equal texts and numbers are written once, as Apple's writer does. */
function scalarName(value: Plist): string | undefined {
  if (typeof value === 'string') return `"${value}`;
  return typeof value === 'object' ? undefined : `${typeof value} ${value}`;
}

function encodeScalar(value: Exclude<Plist, Plist[]>): Buffer {
  if (typeof value === 'string') return encodeText(value);
  if (typeof value === 'boolean') return Buffer.of(value ? 0x09 : 0x08);
  if (typeof value === 'bigint') return encodeInteger(value);
  if (typeof value === 'number') {
    return isInteger(value) ? encodeInteger(value) : encodeDouble(0x23, value);
  }
  if (value instanceof Date) return encodeDouble(0x33, value.getTime() / 1000 - appleEpoch);
  if (value instanceof Real) return encodeDouble(0x23, value.value);
  if (value instanceof Uid) return encodeUid(value.index);
  if (value instanceof Uint8Array) return Buffer.concat([marker(0x40, value.length), value]);
  throw new Error('A dictionary cannot be written as a single value.');
}

/** Names of keys and classes, which recur in every record of an index. */
const shortTexts = new Map<string, Buffer>();

function encodeText(text: string): Buffer {
  if (text.length > 24) return encodeTextAnew(text);
  const known = shortTexts.get(text) ?? encodeTextAnew(text);
  if (shortTexts.size < 1_000) shortTexts.set(text, known);
  return known;
}

function encodeTextAnew(text: string): Buffer {
  if (/^[\0-\x7f]*$/.test(text)) {
    return Buffer.concat([marker(0x50, text.length), Buffer.from(text, 'latin1')]);
  }
  return Buffer.concat([marker(0x60, text.length), Buffer.from(text, 'utf16le').swap16()]);
}

function encodeInteger(value: number | bigint): Buffer {
  if (value >= 0 && value <= 0xff) return Buffer.of(0x10, Number(value));
  const size = value < 0 || value > 0xffff_ffff ? 8 : value > 0xffff ? 4 : 2;
  const bytes = Buffer.alloc(1 + size);
  bytes.writeUInt8(0x10 | Math.log2(size), 0);
  if (size === 8) bytes.writeBigInt64BE(BigInt(value), 1);
  else bytes.writeUIntBE(Number(value), 1, size);
  return bytes;
}

function encodeUid(index: number): Buffer {
  const size = index <= 0xff ? 1 : index <= 0xffff ? 2 : 4;
  const bytes = Buffer.alloc(1 + size);
  bytes.writeUInt8(0x80 | (size - 1), 0);
  bytes.writeUIntBE(index, 1, size);
  return bytes;
}

function encodeDouble(type: number, value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(type, 0);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

/** @returns the text of the file; how it becomes bytes is the caller's choice */
export function xmlPlist(value: Plist): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    ...xmlLines(value, ''),
    '</plist>',
    '',
  ].join('\n');
}

function xmlLines(value: Plist, indent: string): string[] {
  if (!isContainer(value)) return xmlScalar(value, indent);
  const inner = `${indent}\t`;
  if (Array.isArray(value)) {
    if (value.length === 0) return [`${indent}<array/>`];
    const items = value.flatMap((item) => xmlLines(item, inner));
    return [`${indent}<array>`, ...items, `${indent}</array>`];
  }
  const pairs = Object.entries(value);
  if (pairs.length === 0) return [`${indent}<dict/>`];
  const items = pairs.flatMap(([key, item]) => [
    `${inner}<key>${escaped(key)}</key>`,
    ...xmlLines(item, inner),
  ]);
  return [`${indent}<dict>`, ...items, `${indent}</dict>`];
}

function xmlScalar(value: Exclude<Plist, Plist[]>, indent: string): string[] {
  if (typeof value === 'string') return [`${indent}<string>${escaped(value)}</string>`];
  if (typeof value === 'boolean') return [`${indent}<${value}/>`];
  if (typeof value === 'bigint' || (typeof value === 'number' && isInteger(value))) {
    return [`${indent}<integer>${value}</integer>`];
  }
  if (typeof value === 'number') return [`${indent}<real>${value}</real>`];
  if (value instanceof Real) return [`${indent}<real>${value.value}</real>`];
  if (value instanceof Date) {
    return [`${indent}<date>${value.toISOString().replace(/\.\d+/, '')}</date>`];
  }
  if (value instanceof Uid) return xmlLines({ CF$UID: value.index }, indent);
  if (value instanceof Uint8Array) {
    const lines =
      Buffer.from(value)
        .toString('base64')
        .match(/.{1,68}/g) ?? [];
    return [`${indent}<data>`, ...lines.map((line) => indent + line), `${indent}</data>`];
  }
  throw new Error('A dictionary cannot be written as a single value.');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
