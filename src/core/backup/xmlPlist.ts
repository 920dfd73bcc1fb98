/** The XML encoding of property lists, as Apple's own DTD describes it (PropertyList-1.0.dtd). */
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

/**
 * Entities that a document defines itself are refused: Apple writes none, and a few lines of
 * them can stand for gigabytes. White space around elements, comments and attributes pass. The
 * ends of lines in texts stay as they are.
 * @throws PlistError when the bytes are no XML property list, or one beyond the limits
 */
export function readXmlPlist(bytes: Uint8Array): PlistValue {
  return new XmlReader(decode(bytes)).document();
}

function decode(bytes: Uint8Array): string {
  const [first, second] = [bytes[0], bytes[1]];
  const bigEndian = first === 0xfe && second === 0xff;
  const littleEndian = first === 0xff && second === 0xfe;
  const encoding = bigEndian ? 'utf-16be' : littleEndian ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new PlistError('It is not a property list: neither a binary one nor a text.');
  }
}

interface Tag {
  name: string;
  /** It closes itself: `<array/>`. */
  empty: boolean;
}

class XmlReader {
  private readonly text: string;
  private at = 0;
  private values = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): PlistValue {
    this.prolog();
    const plist = this.openTag('<plist>');
    if (plist.name !== 'plist') {
      throw new PlistError(`It is not a property list but <${plist.name}>.`);
    }
    if (plist.empty) throw new PlistError('It holds nothing.');
    this.skipMisc('<plist>');
    if (this.sees('</')) throw new PlistError('It holds nothing.');
    const value = this.value(this.openTag('<plist>'), 1);
    this.skipMisc('<plist>');
    this.closeTag('plist');
    this.skipMisc();
    if (this.at < this.text.length) throw new PlistError('It goes on after its end.');
    return value;
  }

  private prolog(): void {
    this.skipSpace();
    if (!this.sees('<')) {
      throw new PlistError('It is not a property list: neither a binary one nor XML.');
    }
    if (this.sees('<?xml')) refuseOtherEncodings(this.upTo('?>', 'its first line'));
    this.skipMisc('its first lines');
    if (!this.sees('<!DOCTYPE')) return;
    this.doctype();
    this.skipMisc('its first lines');
  }

  private doctype(): void {
    this.at += '<!DOCTYPE'.length;
    if (this.markup('its first lines').includes('[')) {
      throw new PlistError(
        'It defines names of its own (entities); no list that Apple writes does.',
      );
    }
  }

  private value({ name, empty }: Tag, depth: number): PlistValue {
    this.countOne();
    if (depth > plistLimits.depth) throw new PlistError(tooDeep);
    switch (name) {
      case 'dict':
        return empty ? new Map<string, PlistValue>() : this.dictionary(depth);
      case 'array':
        return empty ? [] : this.list(depth);
      case 'true':
      case 'false':
        if (!empty && this.content(name) !== '') {
          throw new PlistError(`It is damaged: <${name}> holds something.`);
        }
        return name === 'true';
      case 'string':
        return empty ? '' : this.content(name);
      case 'data':
        return empty ? new Uint8Array(0) : fromBase64(this.content(name));
      case 'integer':
        return toInteger(empty ? '' : this.content(name));
      case 'real':
        return toReal(empty ? '' : this.content(name));
      case 'date':
        return toDate(empty ? '' : this.content(name));
      default:
        throw new PlistError(`It holds <${name}>, which no property list does.`);
    }
  }

  private list(depth: number): PlistValue[] {
    const list: PlistValue[] = [];
    while (this.goesOn()) {
      list.push(this.value(this.openTag('a list'), depth + 1));
    }
    this.closeTag('array');
    return list;
  }

  private dictionary(depth: number): PlistValue {
    const dictionary: PlistDictionary = new Map();
    while (this.goesOn()) {
      const key = this.openTag('a list');
      if (key.name !== 'key') {
        throw new PlistError('It is damaged: an entry of a list has no name.');
      }
      const name = key.empty ? '' : this.content('key');
      if (!this.goesOn()) throw new PlistError('It is damaged: an entry of a list has no value.');
      dictionary.set(name, this.value(this.openTag('a list'), depth + 1));
    }
    this.closeTag('dict');
    return asUid(dictionary) ?? dictionary;
  }

  private goesOn(): boolean {
    this.skipMisc('a list');
    return !this.sees('</');
  }

  /** The text up to the closing tag, which is read as well. */
  private content(name: string): string {
    const pieces: string[] = [];
    for (;;) {
      this.countOne();
      pieces.push(this.unescaped(this.before('<', `<${name}>`)));
      if (this.sees('<![CDATA[')) {
        this.at += '<![CDATA['.length;
        pieces.push(this.upTo(']]>', `<${name}>`));
      } else if (this.sees('<!--')) {
        this.comment();
      } else {
        this.closeTag(name);
        return pieces.join('');
      }
    }
  }

  private unescaped(text: string): string {
    let escape = text.indexOf('&');
    if (escape < 0) return text;
    const pieces: string[] = [];
    let start = 0;
    for (; escape >= 0; escape = text.indexOf('&', start)) {
      this.countOne();
      const length = text.slice(escape, escape + 40).indexOf(';');
      if (length < 0) throw new PlistError('It is damaged: an "&" is not followed by a name.');
      pieces.push(text.slice(start, escape), character(text.slice(escape + 1, escape + length)));
      start = escape + length + 1;
    }
    return pieces.join('') + text.slice(start);
  }

  /** Everything that costs memory of its own counts as a value. */
  private countOne(): void {
    this.values += 1;
    if (this.values > plistLimits.values) throw new PlistError(tooManyValues);
  }

  private openTag(place: string): Tag {
    if (!this.sees('<')) {
      this.endsHere(place);
      throw new PlistError('It is damaged: there is text where only elements may be.');
    }
    this.at += 1;
    const inside = this.markup(place);
    const name = /^[A-Za-z][\w.:-]{0,40}(?=[\s/]|$)/.exec(inside)?.[0];
    if (name === undefined) {
      throw new PlistError('It is damaged: there is markup that is no element.');
    }
    return { name, empty: inside.endsWith('/') };
  }

  private closeTag(name: string): void {
    const start = `</${name}`;
    const end = /[\t\n\r ]*>/y;
    end.lastIndex = this.at + start.length;
    if (!this.sees(start) || !end.test(this.text)) {
      this.endsHere(`<${name}>`);
      throw new PlistError(`It is damaged: <${name}> is not closed.`);
    }
    this.at = end.lastIndex;
  }

  /** From inside a tag to its end, minding that ">" means nothing in quotes. */
  private markup(place: string): string {
    const start = this.at;
    const stop = /[>"']/g;
    for (;;) {
      stop.lastIndex = this.at;
      const found = stop.exec(this.text)?.[0];
      if (found === undefined) throw endsIn(place);
      this.at = stop.lastIndex;
      if (found === '>') return this.text.slice(start, this.at - 1);
      this.upTo(found, place);
    }
  }

  /** White space, comments and processing instructions. */
  private skipMisc(place?: string): void {
    for (;;) {
      this.skipSpace();
      if (this.sees('<!--')) this.comment();
      else if (this.sees('<?')) this.upTo('?>', 'an instruction');
      else break;
    }
    if (place !== undefined) this.endsHere(place);
  }

  private comment(): void {
    this.at += '<!--'.length;
    this.upTo('-->', 'a comment');
  }

  private skipSpace(): void {
    while (isSpace(this.text.charCodeAt(this.at))) this.at += 1;
  }

  private before(mark: string, place: string): string {
    const end = this.text.indexOf(mark, this.at);
    if (end < 0) throw endsIn(place);
    const found = this.text.slice(this.at, end);
    this.at = end;
    return found;
  }

  private upTo(mark: string, place: string): string {
    const found = this.before(mark, place);
    this.at += mark.length;
    return found;
  }

  private sees(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  private endsHere(place: string): void {
    if (this.at >= this.text.length) throw endsIn(place);
  }
}

function endsIn(place: string): PlistError {
  return new PlistError(`It ends in the middle of ${place}.`);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

function refuseOtherEncodings(declaration: string): void {
  const encoding =
    /encoding\s*=\s*["']([^"']{0,40})/.exec(declaration.slice(0, 200))?.[1] ?? 'utf-8';
  if (!/^(utf-?8|utf-?16(le|be)?|us-ascii|ascii)$/i.test(encoding)) {
    throw new PlistError(`It is written in the encoding "${encoding}", which we do not read.`);
  }
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };

function character(name: string): string {
  const digits = /^#(?:x([\da-f]+)|(\d+))$/i.exec(name);
  if (!digits) {
    const known = Object.prototype.hasOwnProperty.call(entities, name);
    if (!known) throw new PlistError(`It uses the name "&${name};", which no property list has.`);
    return entities[name] as string;
  }
  const code = digits[1] === undefined ? Number(digits[2]) : parseInt(digits[1], 16);
  const half = code >= 0xd800 && code <= 0xdfff;
  if (code < 1 || code > 0x10ffff || half) {
    throw new PlistError(`It uses the character "&${name};", which there is not.`);
  }
  return String.fromCodePoint(code);
}

/** Binary lists have a kind of value for these; in XML they are written as such a dictionary. */
function asUid(dictionary: PlistDictionary): PlistUid | undefined {
  const index = dictionary.size === 1 ? dictionary.get('CF$UID') : undefined;
  return typeof index === 'number' && index >= 0 && Number.isSafeInteger(index)
    ? new PlistUid(index)
    : undefined;
}

/** Decimal or hexadecimal, as Apple's reader has it; of 64 bits, with or without sign. */
function toInteger(text: string): number {
  const found = /^([+-]?)(0x[\da-f]{1,16}|\d{1,20})$/i.exec(text.trim());
  const value = found ? (found[1] === '-' ? -1 : 1) * Number(found[2]) : NaN;
  if (!(value >= -(2 ** 63) && value <= 2 ** 64)) {
    throw new PlistError('It is damaged: a whole number is not one.');
  }
  return value === 0 ? 0 : value;
}

function toReal(text: string): number {
  const real = text.trim().toLowerCase();
  if (real === 'nan') return NaN;
  const infinity = /^([+-]?)inf(inity)?$/.exec(real);
  if (infinity) return infinity[1] === '-' ? -Infinity : Infinity;
  if (real.length > 400 || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(real)) {
    throw new PlistError('It is damaged: a number is not one.');
  }
  return Number(real);
}

function toDate(text: string): PlistDate {
  const found = /^(-?\d{4,6})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/.exec(text.trim());
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] =
    found?.slice(1).map(Number) ?? [];
  const real = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  if (!real || hour > 23 || minute > 59 || second > 59) {
    throw new PlistError('It is damaged: a date is not one.');
  }
  return new PlistDate(
    daysSince1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second,
  );
}

function daysIn(year: number, month: number): number {
  return daysSince1970(year, month + 1, 1) - daysSince1970(year, month, 1);
}

/** In the calendar of today, also before there was one. A year begins in March here: leap days come last. */
function daysSince1970(year: number, month: number, day: number): number {
  const years = month <= 2 ? year - 1 : year;
  const months = month <= 2 ? month + 9 : month - 3;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leapDays + Math.floor((153 * months + 2) / 5) + day - 1 - 719_468;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const pad = '='.charCodeAt(0);
/** What a letter stands for, by its code; 64 for what is none. */
const sixBits = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = alphabet.indexOf(String.fromCharCode(code));
  return value < 0 ? 64 : value;
});

function fromBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let letters = 0;
  let pads = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) continue;
    if (code === pad) {
      pads += 1;
      continue;
    }
    const value = sixBits[code] ?? 64;
    if (value === 64 || pads > 0) throw brokenData();
    bits = ((bits << 6) | value) & 0xffffff;
    letters += 1;
    if (letters % 4 === 1) continue;
    bytes[length] = bits >> (6 - 2 * ((letters - 1) % 4));
    length += 1;
  }
  if ((letters + pads) % 4 !== 0 || pads > 2) throw brokenData();
  return bytes.slice(0, length);
}

function brokenData(): PlistError {
  return new PlistError('It is damaged: data are not in the form they should be (Base64).');
}
