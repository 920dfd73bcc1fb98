/**
 * The binary encoding of property lists: objects one after the other, a table of where each
 * starts, and 32 bytes at the end that say where the table is. Objects refer to each other by
 * their number in the table. Described in Apple's CFBinaryPList.c.
 */
import {
  PlistDate,
  PlistError,
  PlistUid,
  plistLimits,
  tooDeep,
  tooManyValues,
  type PlistDictionary,
  type PlistValue,
} from './plistValue.ts';

/** Seconds from 1970 to 2001, where Apple's time begins. */
export const appleEpoch = 978_307_200;

const header = 'bplist0';
const trailerLength = 32;
const two32 = 0x1_0000_0000;

/** The upper half of an object's first byte. */
const kind = {
  simple: 0x0,
  integer: 0x1,
  real: 0x2,
  date: 0x3,
  data: 0x4,
  ascii: 0x5,
  utf16: 0x6,
  uid: 0x8,
  list: 0xa,
  set: 0xc,
  dictionary: 0xd,
};

/**
 * The objects of a binary property list, each read when asked for: for records of which few
 * values matter. Every method takes the number of an object, and throws PlistError where the
 * bytes do not hold together.
 */
export class BinaryPlist {
  /** The number of the outermost object. */
  readonly root: number;
  /** How many objects there are. */
  readonly size: number;
  private readonly bytes: Uint8Array;
  private readonly table: number;
  private readonly offsetWidth: number;
  private readonly referenceWidth: number;

  constructor(bytes: Uint8Array) {
    // Of a Node Buffer, parts would be Buffers again, and copies of those no copies.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    if (bytes.length > plistLimits.bytes || !this.holds(0, header)) {
      throw new PlistError('It is not a binary property list of a kind we know.');
    }
    const trailer = bytes.length - trailerLength;
    if (trailer < header.length + 1) throw cutShort();
    this.offsetWidth = this.byte(trailer + 6);
    this.referenceWidth = this.byte(trailer + 7);
    this.size = this.unsigned(trailer + 8, 8);
    this.root = this.unsigned(trailer + 16, 8);
    this.table = this.unsigned(trailer + 24, 8);
    if (!isWidth(this.offsetWidth) || !isWidth(this.referenceWidth)) throw cutShort();
    if (this.table <= header.length + 1) throw cutShort();
    if (this.table + this.size * this.offsetWidth > trailer) throw cutShort();
    if (this.root >= this.size) throw cutShort();
    if (this.size > plistLimits.values) throw new PlistError(tooManyValues);
  }

  /** @returns the value, or undefined when it is a list, a set or a dictionary */
  scalar(object: number): Exclude<PlistValue, PlistValue[] | PlistDictionary> | undefined {
    const at = this.position(object);
    switch (this.byte(at) >> 4) {
      case kind.simple:
        if (this.byte(at) === 0x08) return false;
        if (this.byte(at) === 0x09) return true;
        throw this.unknown(at);
      case kind.integer:
        return this.integer(at);
      case kind.real:
        return this.real(at);
      case kind.date:
        if (this.byte(at) !== 0x33) throw this.unknown(at);
        return new PlistDate(this.real(at) + appleEpoch);
      case kind.data: {
        const start = this.content(at, 1);
        return this.bytes.subarray(start, start + this.count(at));
      }
      case kind.ascii:
        return this.ascii(this.content(at, 1), this.count(at));
      case kind.utf16:
        return this.utf16(this.content(at, 2), this.count(at));
      case kind.uid:
        return this.uid(at);
      case kind.list:
      case kind.set:
      case kind.dictionary:
        return undefined;
      default:
        throw this.unknown(at);
    }
  }

  isDictionary(object: number): boolean {
    return this.byte(this.position(object)) >> 4 === kind.dictionary;
  }

  /** The length of a data or text in bytes, 0 for anything else. */
  payload(object: number): number {
    const at = this.position(object);
    const found = this.byte(at) >> 4;
    if (found === kind.ascii || found === kind.data) return this.count(at);
    return found === kind.utf16 ? 2 * this.count(at) : 0;
  }

  /** How many elements or entries a list, set or dictionary has. */
  length(object: number): number {
    return this.count(this.position(object));
  }

  /** The object number of an element of a list or set. */
  element(object: number, index: number): number {
    const at = this.position(object);
    const found = this.byte(at) >> 4;
    const start = this.content(at, this.referenceWidth);
    if ((found !== kind.list && found !== kind.set) || index >= this.count(at)) {
      throw new PlistError('It is damaged: an element is asked for that is not there.');
    }
    return this.reference(start, index);
  }

  /** The object numbers of an entry's name and value, by its place in the dictionary. */
  name(object: number, index: number): number {
    return this.reference(this.content(this.position(object), 2 * this.referenceWidth), index);
  }

  value(object: number, index: number): number {
    const at = this.position(object);
    const start = this.content(at, 2 * this.referenceWidth);
    return this.reference(start, this.count(at) + index);
  }

  /**
   * Looks for entries by name, in one pass.
   * @returns for each name its value's object number; undefined where there is none, or no dictionary
   */
  entries(object: number, names: readonly string[]): (number | undefined)[] {
    const found = names.map((): number | undefined => undefined);
    const at = this.position(object);
    if (this.byte(at) >> 4 !== kind.dictionary) return found;
    const start = this.content(at, 2 * this.referenceWidth);
    const count = this.count(at);
    for (let index = 0; index < count; index += 1) {
      const wanted = this.which(this.reference(start, index), names);
      if (wanted >= 0) found[wanted] = this.reference(start, count + index);
    }
    return found;
  }

  isText(object: number, text: string): boolean {
    return this.which(object, [text]) === 0;
  }

  /** Which of the texts an object is; -1 for none. Without making a string of it. */
  private which(object: number, texts: readonly string[]): number {
    const at = this.position(object);
    const found = this.byte(at) >> 4;
    if (found !== kind.ascii && found !== kind.utf16) return -1;
    const length = this.count(at);
    for (let index = 0; index < texts.length; index += 1) {
      const text = texts[index] as string;
      if (text.length === length && this.spells(at, text)) return index;
    }
    return -1;
  }

  private spells(at: number, text: string): boolean {
    return this.byte(at) >> 4 === kind.ascii
      ? this.holds(this.content(at, 1), text)
      : this.utf16(this.content(at, 2), text.length) === text;
  }

  private holds(at: number, text: string): boolean {
    for (let index = 0; index < text.length; index += 1) {
      if (this.bytes[at + index] !== text.charCodeAt(index)) return false;
    }
    return true;
  }

  /** Where an object starts. The trailer after the table makes its first 33 bytes safe to read. */
  private position(object: number): number {
    const at = this.unsigned(this.table + object * this.offsetWidth, this.offsetWidth);
    if (at <= header.length || at >= this.table) throw outside();
    return at;
  }

  private reference(start: number, index: number): number {
    const object = this.unsigned(start + index * this.referenceWidth, this.referenceWidth);
    if (object >= this.size) throw outside();
    return object;
  }

  /** The number that follows the kind: of bytes, characters, elements or entries. */
  private count(at: number): number {
    const low = this.byte(at) & 0x0f;
    if (low !== 0x0f) return low;
    const marker = this.byte(at + 1);
    if (marker < 0x10 || marker > 0x13) throw outside();
    return this.unsigned(at + 2, 1 << (marker & 3));
  }

  /** Where the content of a counted object starts; its end is known to be before the table. */
  private content(at: number, width: number): number {
    const long = (this.byte(at) & 0x0f) === 0x0f;
    const start = at + 1 + (long ? 1 + (1 << (this.byte(at + 1) & 3)) : 0);
    this.endsInside(start + this.count(at) * width);
    return start;
  }

  private integer(at: number): number {
    const width = 1 << (this.byte(at) & 0x0f);
    if (width > 16) throw this.unknown(at);
    this.endsInside(at + 1 + width);
    if (width < 8) return this.unsigned(at + 1, width);
    if (width === 8) return signed64(this.unsigned(at + 1, 4), this.unsigned(at + 5, 4));
    return signed128(this.bytes.subarray(at + 1, at + 17));
  }

  private real(at: number): number {
    const width = 1 << (this.byte(at) & 0x0f);
    if (width !== 4 && width !== 8) throw this.unknown(at);
    this.endsInside(at + 1 + width);
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + at + 1, width);
    return width === 4 ? view.getFloat32(0) : view.getFloat64(0);
  }

  private uid(at: number): PlistUid {
    const width = (this.byte(at) & 0x0f) + 1;
    this.endsInside(at + 1 + width);
    const index = this.unsigned(at + 1, width);
    if (index > Number.MAX_SAFE_INTEGER) throw outside();
    return new PlistUid(index);
  }

  private ascii(start: number, count: number): string {
    return inPieces(count, (from, to) => {
      const codes = this.bytes.subarray(start + from, start + to);
      if (codes.some((code) => code > 0x7f)) {
        throw new PlistError('It is damaged: a text holds impossible characters.');
      }
      return ofCodes(codes);
    });
  }

  /** Halves of pairs that stand alone are kept: a text may have been cut there. */
  private utf16(start: number, count: number): string {
    return inPieces(count, (from, to) => {
      const codes = new Uint16Array(to - from);
      for (let index = from; index < to; index += 1) {
        codes[index - from] = this.unsigned(start + 2 * index, 2);
      }
      return ofCodes(codes);
    });
  }

  /** Big-endian, as all numbers here. Beyond 2^53 it is only good for being refused. */
  private unsigned(at: number, width: number): number {
    let value = 0;
    for (let index = at; index < at + width; index += 1) value = value * 256 + this.byte(index);
    return value;
  }

  private byte(at: number): number {
    return this.bytes[at] as number;
  }

  private endsInside(end: number): void {
    if (end > this.table) throw outside();
  }

  private unknown(at: number): PlistError {
    return new PlistError(`It holds a value of a kind we do not know (${this.byte(at)}).`);
  }
}

/** @throws PlistError when the bytes are no binary property list, or one beyond the limits */
export function readBinaryPlist(bytes: Uint8Array): PlistValue {
  const plist = new BinaryPlist(bytes);
  return new Tree(plist, bytes.length).read(plist.root, 1);
}

/** All values from an object on, each object made once however often it is referred to. */
class Tree {
  private readonly plist: BinaryPlist;
  private readonly values: (PlistValue | undefined)[];
  private readonly open: Uint8Array;
  /** How many levels, and how many values, there are from each object on. */
  private readonly heights: Uint8Array;
  private readonly weights: Uint32Array;
  private references = 0;
  /** Objects may not share bytes: else a small file could hold a thousand long texts. */
  private unread: number;

  constructor(plist: BinaryPlist, length: number) {
    this.plist = plist;
    this.values = new Array<PlistValue | undefined>(plist.size);
    this.open = new Uint8Array(plist.size);
    this.heights = new Uint8Array(plist.size);
    this.weights = new Uint32Array(plist.size);
    this.unread = length;
  }

  read(object: number, depth: number): PlistValue {
    const known = this.values[object];
    const deepest = depth + Math.max(1, this.height(object)) - 1;
    if (deepest > plistLimits.depth) throw new PlistError(tooDeep);
    if (known !== undefined) return known;
    if (this.open[object]) throw new PlistError('It is damaged: a list holds itself.');
    this.open[object] = 1;
    this.heights[object] = 1;
    this.weights[object] = 1;
    const value = this.scalar(object) ?? this.container(object, depth);
    this.values[object] = value;
    return value;
  }

  private scalar(object: number): PlistValue | undefined {
    this.unread -= this.plist.payload(object);
    if (this.unread < 0) throw new PlistError('It is damaged: its values lie over each other.');
    return this.plist.scalar(object);
  }

  private container(object: number, depth: number): PlistValue {
    const length = this.plist.length(object);
    this.references += length;
    if (this.references > plistLimits.values) throw new PlistError(tooManyValues);
    return this.plist.isDictionary(object)
      ? this.dictionary(object, length, depth)
      : this.list(object, length, depth);
  }

  private list(object: number, length: number, depth: number): PlistValue[] {
    const list: PlistValue[] = [];
    for (let index = 0; index < length; index += 1) {
      list.push(this.child(object, this.plist.element(object, index), depth));
    }
    return list;
  }

  private dictionary(object: number, length: number, depth: number): PlistDictionary {
    const dictionary: PlistDictionary = new Map();
    for (let index = 0; index < length; index += 1) {
      const name = this.child(object, this.plist.name(object, index), depth);
      if (typeof name !== 'string') {
        throw new PlistError('It is damaged: the name of an entry is not a text.');
      }
      dictionary.set(name, this.child(object, this.plist.value(object, index), depth));
    }
    return dictionary;
  }

  private child(parent: number, object: number, depth: number): PlistValue {
    const value = this.read(object, depth + 1);
    this.heights[parent] = Math.max(this.height(parent), 1 + this.height(object));
    const weight = (this.weights[parent] ?? 0) + (this.weights[object] ?? 0);
    if (weight > plistLimits.values) throw new PlistError(tooManyValues);
    this.weights[parent] = weight;
    return value;
  }

  private height(object: number): number {
    return this.heights[object] as number;
  }
}

function isWidth(width: number): boolean {
  return width >= 1 && width <= 8;
}

/** @param high its upper 32 bits, unsigned */
function signed64(high: number, low: number): number {
  return (high | 0) * two32 + low;
}

/** By way of digits, because they are rounded once where sums would be rounded at each step. */
function signed128(bytes: Uint8Array): number {
  const negative = (bytes[0] as number) > 0x7f;
  const digits = Array.from(negative ? negated(bytes) : bytes, hex);
  const distance = Number(`0x${digits.join('')}`);
  return negative ? -distance : distance;
}

/** In two's complement. */
function negated(bytes: Uint8Array): Uint8Array {
  const result = bytes.map((byte) => 0xff - byte);
  for (let index = result.length - 1; index >= 0; index -= 1) {
    const next = ((result[index] as number) + 1) & 0xff;
    result[index] = next;
    if (next !== 0) break;
  }
  return result;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** Spread, they would go through an iterator one by one. */
function ofCodes(codes: Uint8Array | Uint16Array): string {
  return String.fromCharCode.apply(null, codes as unknown as number[]);
}

/** Builds a long text piece by piece: a function takes only so many parameters. */
function inPieces(count: number, piece: (from: number, to: number) => string): string {
  const length = 4096;
  if (count <= length) return piece(0, count);
  const pieces: string[] = [];
  for (let from = 0; from < count; from += length) {
    pieces.push(piece(from, Math.min(from + length, count)));
  }
  return pieces.join('');
}

function cutShort(): PlistError {
  return new PlistError('It is cut short or damaged: the table at its end is not right.');
}

function outside(): PlistError {
  return new PlistError('It is damaged: a value does not lie where it should.');
}
