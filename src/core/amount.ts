/** Amounts as people type them: "40", "40 GB", "1,5 TB", "0.5 Mbps", "5 to 10 Mbit/s". */
import type { Range } from '../data/schema.ts';

export type AmountReading =
  /** Data in GB (10^9 bytes), speed in Mbit/s (10^6 bits a second). */
  | { kind: 'known'; amount: Range }
  | { kind: 'empty' }
  | {
      kind: 'unreadable';
      why:
        | 'no-number'
        | 'other-unit' // a speed where a size is asked for, or the other way round
        | 'part-of-what' // "half", without the size of the whole
        | 'more-than-whole' // "90 GB of 64 GB"
        | 'zero' // a speed at which nothing ever arrives
        | 'too-large';
    };

type Unreadable = Extract<AmountReading, { kind: 'unreadable' }>['why'];

/** Larger than anything we speak of: 100 TB, and 100 Gbit/s. */
const mostGigabytes = 100_000;
const mostMegabits = 100_000;
/** Slower than any modem, in Mbit/s. */
const leastMegabits = 0.001;

const gigabytesIn: Record<string, number> = {
  kb: 1e-6,
  mb: 1e-3,
  gb: 1,
  tb: 1e3,
  // Some programs count in powers of 1024.
  mib: 1.048576e-3,
  gib: 1.073741824,
  tib: 1.099511627776e3,
};
const megabitsIn: Record<string, number> = { kbit: 1e-3, mbit: 1, gbit: 1e3, mbyte: 8 };

const number = '(\\d[\\d.,]*|[.,]\\d+)';
const unit = '([a-z/]*)';
const about = '(?:about|around|ca\\.?|circa|approx\\.?|~|≈)?';
const singleOrRange = new RegExp(
  `^${about} *${number} *${unit} *(?:(?:-|–|to|and) *${number} *${unit})?(?: used)?$`,
);
/** As Settings shows it: "40 GB of 64 GB used". */
const ofWhole = new RegExp(`^${number} *${unit} *(?:of|/|out of) *${number} *${unit}(?: used)?$`);
const shareOfWhole = new RegExp(
  `^${about} *(half|a half|a quarter|a third|three quarters|two thirds|full|all|${number} ?%)(?: full)?(?: of)?(?: an?)? *(?:${number} *${unit})?$`,
);
const shares: Record<string, number> = {
  half: 1 / 2,
  'a half': 1 / 2,
  'a quarter': 1 / 4,
  'a third': 1 / 3,
  'three quarters': 3 / 4,
  'two thirds': 2 / 3,
  full: 1,
  all: 1,
};

/** Reads an amount of data; without a unit it is GB. */
export function readSize(typed: string): AmountReading {
  const text = plain(typed).toLowerCase();
  if (text === '') return { kind: 'empty' };
  return readShare(text) ?? readPartAndWhole(text) ?? readRange(text, gigabytes, 0, mostGigabytes);
}

/** Reads the speed of a line; without a unit it is Mbit/s. */
export function readSpeed(typed: string): AmountReading {
  // Only a capital B is a byte: "MB/s" is eight times "Mb/s".
  const text = plain(typed)
    .replace(/MB(?:ytes?)?(?:\/s|ps)$/, 'mbyte')
    .toLowerCase();
  if (text === '') return { kind: 'empty' };
  return readRange(text, megabits, leastMegabits, mostMegabits);
}

function plain(typed: string): string {
  return typed.replace(/\s+/g, ' ').trim().slice(0, 80);
}

function readShare(text: string): AmountReading | undefined {
  const match = shareOfWhole.exec(text);
  if (!match) return undefined;
  const [, name = '', percent, whole, wholeUnit = ''] = match;
  if (whole === undefined) return unreadable('part-of-what');
  const share = percent === undefined ? (shares[name] ?? 0) : numberOf(percent) / 100;
  const size = numberOf(whole) * (gigabytes(wholeUnit) ?? Number.NaN);
  if (share > 1) return unreadable('more-than-whole');
  return checked(share * size, share * size, 0, mostGigabytes);
}

function readPartAndWhole(text: string): AmountReading | undefined {
  const match = ofWhole.exec(text);
  if (!match) return undefined;
  const [, part = '', partUnit = '', whole = '', wholeUnit = ''] = match;
  const used = numberOf(part) * (gigabytes(partUnit || wholeUnit) ?? Number.NaN);
  const size = numberOf(whole) * (gigabytes(wholeUnit || partUnit) ?? Number.NaN);
  if (used > size) return unreadable('more-than-whole');
  return checked(used, used, 0, mostGigabytes);
}

function readRange(
  text: string,
  factorOf: (unit: string) => number | undefined,
  least: number,
  most: number,
): AmountReading {
  const match = singleOrRange.exec(text);
  if (!match) return unreadable('no-number');
  const [, first = '', firstUnit = '', second = first, secondUnit = ''] = match;
  const firstFactor = factorOf(firstUnit || secondUnit);
  const secondFactor = factorOf(secondUnit || firstUnit);
  if (firstFactor === undefined || secondFactor === undefined) {
    const known = [firstUnit || secondUnit, secondUnit || firstUnit].every(isUnit);
    return unreadable(known ? 'other-unit' : 'no-number');
  }
  return checked(numberOf(first) * firstFactor, numberOf(second) * secondFactor, least, most);
}

/** Whichever is smaller is the low end. */
function checked(one: number, other: number, least: number, most: number): AmountReading {
  if (!(one >= 0 && other >= 0)) return unreadable('no-number');
  const [low, high] = [Math.min(one, other), Math.max(one, other)];
  if (low < least) return unreadable('zero');
  return high > most ? unreadable('too-large') : { kind: 'known', amount: { low, high } };
}

/**
 * A comma is a decimal sign ("1,5") unless it groups thousands ("1,024", "12,000.5").
 * @returns NaN for what is no number ("1.2.3")
 */
function numberOf(text: string): number {
  const ungrouped = /^[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(text) ? text.replace(/,/g, '') : text;
  return Number(ungrouped.replace(',', '.'));
}

/** @returns GB in a unit; undefined when it is none of data */
function gigabytes(name: string): number | undefined {
  const short = name
    .replace(/ytes?$/, '')
    .replace(/^g(?:iga|ig)?s?b?$/, 'gb')
    .replace(/^([kmt])(?:ilo|ega|era)?b?$/, '$1b');
  return valueOf(gigabytesIn, short === '' ? 'gb' : short);
}

/** @returns Mbit/s in a unit; undefined when it is none of speed */
function megabits(name: string): number | undefined {
  if (name === '' || name === 'm' || name === 'mb') return 1;
  const stem = name.replace(/(?:\/s(?:ec)?|ps)$/, '');
  // "10 GB" says nothing of time, so it is no speed.
  if (stem === name && !/bits?$|^mbyte$/.test(name)) return undefined;
  return valueOf(megabitsIn, stem.replace(/^([kmg])(?:ilo|ega|iga)?(?:b|bits?)?$/, '$1bit'));
}

function isUnit(name: string): boolean {
  return gigabytes(name) !== undefined || megabits(name) !== undefined;
}

/** A name of a built-in, such as "constructor", is no unit. */
function valueOf(of: Record<string, number>, name: string): number | undefined {
  return Object.prototype.hasOwnProperty.call(of, name) ? of[name] : undefined;
}

function unreadable(why: Unreadable): AmountReading {
  return { kind: 'unreadable', why };
}
