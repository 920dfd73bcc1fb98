/** The forms a device is known by, cut into words that a query's words can be held against. */
import type { Device, Facts } from '../../data/schema.ts';

export type NameWordKind =
  | 'family' // iPhone, iPad, iPod
  | 'line' // Pro, Max, SE: leaving it out of a query means another device
  | 'number' // 12, 6s
  | 'generation' // the 8 of "(8th generation)"
  | 'size' // 12.9-inch
  | 'chip' // (M4)
  | 'year';

/** A word of a name, and where it stands in it (`end` is after its last character). */
export interface NameWord {
  text: string;
  kind: NameWordKind;
  /** Words of one text and kind share it: a number from 0. */
  sense: number;
  start: number;
  end: number;
}

/** One way to call a device: its name or a nickname. */
export interface Form {
  text: string;
  isName: boolean;
  words: NameWord[];
}

export interface NamedDevice {
  device: Device;
  forms: Form[];
  /** Words that fit the device under any of its names. */
  anyway: NameWord[];
}

export interface Names {
  named: NamedDevice[];
  /** One word of every sense, in order: hundreds of names are made of few dozen words. */
  senses: NameWord[];
}

type Cut = Omit<NameWord, 'sense'>;

/** Cuts every name once; a keystroke only compares. */
export function nameDevices({ devices }: Facts): Names {
  const senses: NameWord[] = [];
  const known = new Map<string, number>();
  const numbered = (word: Cut): NameWord => {
    const key = `${word.kind} ${word.text}`;
    const sense = known.get(key) ?? senses.length;
    const made = { ...word, sense };
    if (sense === senses.length) {
      known.set(key, sense);
      senses.push(made);
    }
    return made;
  };
  const named = devices.map((device) => ({
    device,
    forms: [device.name, ...device.nicknames].map((text, index) => ({
      text,
      isName: index === 0,
      words: cutName(text, device).map(numbered),
    })),
    anyway: [
      numbered({ text: String(device.year), kind: 'year', start: 0, end: 0 }),
      numbered({
        text: device.chip.toLowerCase().replace(/ .*/, ''),
        kind: 'chip',
        start: 0,
        end: 0,
      }),
    ],
  }));
  return { named, senses };
}

function cutName(text: string, device: Device): Cut[] {
  const words: Cut[] = [];
  const pattern = /[A-Za-z]*\d+(?:\.\d+)?[A-Za-z]*|[A-Za-z]+|\+/g;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const lower = found[0] === '+' ? 'plus' : found[0].toLowerCase();
    const end = found.index + found[0].length;
    for (const cut of kindsOf(lower, text.slice(0, found.index), text.slice(end), device)) {
      words.push({ ...cut, start: found.index, end });
    }
  }
  // A nickname without the family ("6s") still belongs to it.
  const family = device.family.toLowerCase().replace(' touch', '');
  if (!words.some((word) => word.kind === 'family')) {
    words.push({ text: family, kind: 'family', start: 0, end: 0 });
  }
  return words;
}

function kindsOf(
  word: string,
  before: string,
  after: string,
  { family, chip }: Device,
): { text: string; kind: NameWordKind }[] {
  if (/^(generation|gen|inch|with|the)$/.test(word)) return [];
  const ordinal = /^(\d+)(?:st|nd|rd|th)$/.exec(word);
  if (ordinal) return [{ text: String(ordinal[1]), kind: 'generation' }];
  if (after.startsWith('-inch')) return [{ text: word, kind: 'size' }];
  if (/^(iphone|ipad|ipod)$/.test(word)) return [{ text: word, kind: 'family' }];
  const [chipName = '', chipRest] = chip.toLowerCase().split(' ');
  if (word === chipName || (word === chipRest && before.toLowerCase().endsWith(`${chipName} `))) {
    return [{ text: word, kind: 'chip' }];
  }
  if (/^\d{4}$/.test(word)) return [{ text: word, kind: 'year' }];
  // "iPad Air 2" and "iPod 5" are the second and the fifth of their line.
  if (/^\d+$/.test(word) && family !== 'iPhone') return [{ text: word, kind: 'generation' }];
  if (/\d/.test(word)) return [{ text: word, kind: 'number' }];
  if (word === 'touch') return [{ text: word, kind: 'family' }];
  return [{ text: word, kind: 'line' }];
}
