/**
 * What a person typed -> the words they meant. Letters may be misspelled, digits may not: the former
 * are mended to the nearest of the few words Apple's names are made of; the latter are taken as they
 * stand.
 */
import { distance } from 'fastest-levenshtein';

/** One word of a query, and what it may stand for. */
export interface QueryWord {
  /** As typed, lower case: what highlighting measures. */
  typed: string;
  /** The words of names it may mean; more than one when a typo could be either. */
  meanings: string[];
  kind: 'letters' | 'digits' | 'generation' | 'noise';
  /** The visitor may still be typing this word. */
  open: boolean;
  /** Mended, not read as typed. */
  mended: boolean;
}

/** The words Apple's names are made of. */
const nameWords = [
  'iphone', 'ipad', 'ipod', 'touch', 'pro', 'max', 'mini', 'air', 'plus', 'retina', 'display',
  'original', 'duo', 'new', 'old',
]; // prettier-ignore

/** Words too short to mend: a letter more or less is another device. */
const shortWords = ['se', 'xr', 'xs', 'x'];

const knownWords = [...nameWords, ...shortWords];

/** What people write instead. Words run together ("promax") are cut by `segment`. */
const phrases: Record<string, string[]> = {
  itouch: ['ipod', 'touch'],
  phone: ['iphone'],
  pad: ['ipad'],
  pod: ['ipod'],
  first: ['1st'],
  second: ['2nd'],
  third: ['3rd'],
  fourth: ['4th'],
  fifth: ['5th'],
  sixth: ['6th'],
  seventh: ['7th'],
  eighth: ['8th'],
  ninth: ['9th'],
  tenth: ['10th'],
  three: ['3'],
  four: ['4'],
  five: ['5'],
  six: ['6'],
  seven: ['7'],
  eight: ['8'],
  ten: ['10'],
  eleven: ['11'],
  twelve: ['12'],
  thirteen: ['13'],
  fourteen: ['14'],
  fifteen: ['15'],
  sixteen: ['16'],
  seventeen: ['17'],
};

/** Letters that belong to the digits before them: 6s, 5c, 3g, 3gs, 16e; 10r for the XR. */
const digitSuffixes = ['gs', 's', 'c', 'g', 'e', 'r'];

const generationWords = ['generation', 'gen'];
const ignoredWords = [
  'inch',
  'in',
  'apple',
  'model',
  'my',
  'the',
  'a',
  'an',
  'gb',
  'tb',
  'wifi',
  'gold',
];

/** Run together so often that they are misspelled as one word. */
const compounds = ['promax', 'ipadpro', 'ipadair', 'ipadmini', 'ipodtouch', 'iphonese'];

const mendableWords = [
  ...nameWords,
  ...compounds,
  ...Object.keys(phrases).filter((phrase) => phrase.length > 4),
  'generation',
];
const mended = new Map<string, string[]>();
const lettersOfMendable = mendableWords.map(sortedLetters);

/** The longest text anybody needs to name a device; the rest is not read. */
const longestQuery = 80;

/** Lower case, without accents, with the ways of writing one thing made one. */
export function normalize(text: string): string {
  return text
    .slice(0, longestQuery)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/["″”“']/g, ' ')
    .replace(/(\d)\s*\+/g, '$1 plus')
    .replace(/\+/g, ' plus ')
    .replace(/\bi[\s-]+(phone|pad|pod)/g, 'i$1')
    .replace(/(\d),(\d)(?=\D|$)/g, '$1.$2');
}

/** Splits a query into words, mends the letters, and says what kind each is. */
export function readWords(text: string): QueryWord[] {
  const normal = normalize(text);
  const chunks = normal.match(/[a-z]+|\d+(?:\.\d+)?(?:st|nd|rd|th)?|[^\sa-z\d]+/g) ?? [];
  const glued = glueSuffixes(
    chunks.filter((chunk) => /[a-z\d]/.test(chunk)),
    normal,
  );
  const stillTyping = /[a-z\d]$/.test(normal);
  const words = glued.flatMap((chunk, index) =>
    readChunk(chunk, stillTyping && index === glued.length - 1),
  );
  return markGenerations(words);
}

/**
 * Puts "6" and "s" of "6splus" back together. A letter belongs to the digits only when it
 * touches them, and what follows it is a word of its own.
 */
function glueSuffixes(chunks: string[], normal: string): string[] {
  const result: string[] = [];
  for (const chunk of chunks) {
    const before = result[result.length - 1] ?? '';
    const touches = normal.includes(before + chunk);
    const suffix =
      touches && /^\d+$/.test(before) && !isKnown(chunk) && !generationWords.includes(chunk)
        ? digitSuffixes.filter(
            (letters) =>
              chunk === letters ||
              (chunk.startsWith(letters) && isKnown(chunk.slice(letters.length))),
          )[0]
        : undefined;
    // "m2" and "a16": a chip's letter belongs to the digits after it.
    const chip = touches && /^[am]$/.test(before) && /^\d{1,2}$/.test(chunk);
    if (suffix !== undefined) {
      result[result.length - 1] = before + suffix;
      if (chunk.length > suffix.length) result.push(chunk.slice(suffix.length));
    } else if (chip) {
      result[result.length - 1] = before + chunk;
    } else {
      result.push(chunk);
    }
  }
  return result;
}

function isKnown(word: string): boolean {
  return isName(word) || hasOwn(phrases, word);
}

function isName(word: string): boolean {
  return knownWords.includes(word);
}

function readChunk(typed: string, open: boolean): QueryWord[] {
  const ordinal = /^(\d+)(?:st|nd|rd|th)$/.exec(typed);
  if (ordinal) return [word(typed, [String(ordinal[1])], 'generation', open)];
  if (/\d/.test(typed)) return [word(typed, [typed], 'digits', open)];
  if (generationWords.includes(typed)) return [word(typed, ['generation'], 'noise', open)];
  if (hasOwn(phrases, typed)) return phraseWords(typed, phrases[typed] as string[], open);
  if (isKnown(typed) || (open && isStart(typed))) return [word(typed, [typed], 'letters', open)];
  if (ignoredWords.includes(typed)) return [word(typed, [], 'noise', open)];
  // "ipho 6": cut short, which is likelier than misspelled.
  const begun = typed.length > 2 ? knownWords.filter((known) => known.startsWith(typed)) : [];
  if (begun.length > 0) return [word(typed, begun, 'letters', open)];
  const parts = segment(typed);
  if (parts) return parts.map((part) => word(part, [part], 'letters', false));
  const meanings = mend(typed);
  const phrase = phraseOf(meanings[0]);
  if (phrase && meanings.every(phraseOf)) {
    return phraseWords(typed, phrase, open).map((part) => ({ ...part, mended: true }));
  }
  if (meanings.length === 1 && meanings[0] === 'generation') {
    return [word(typed, meanings, 'noise', open)];
  }
  return meanings.length > 0
    ? [{ ...word(typed, meanings, 'letters', open), mended: true }]
    : [word(typed, [], 'noise', open)];
}

/** What a word that is mended to stands for, where it is not one of a name itself. */
function phraseOf(known: string | undefined): string[] | undefined {
  if (known === undefined || isName(known)) return undefined;
  return phrases[known] ?? segment(known);
}

/** Whether a known word starts so: then the visitor is typing it, not misspelling another. */
function isStart(typed: string): boolean {
  return knownWords.some((known) => known.startsWith(typed));
}

function phraseWords(typed: string, parts: string[], open: boolean): QueryWord[] {
  return parts.flatMap((part) =>
    /\d/.test(part)
      ? readChunk(part, false)
      : [word(part, [part], 'letters', open && typed === part)],
  );
}

function word(
  typed: string,
  meanings: string[],
  kind: QueryWord['kind'],
  open: boolean,
): QueryWord {
  return { typed, meanings, kind, open, mended: false };
}

/** "xsmax" -> xs, max. @returns undefined when it is not made of known words alone */
function segment(typed: string): string[] | undefined {
  if (typed === '') return [];
  for (const known of knownWords) {
    if (!typed.startsWith(known)) continue;
    const rest = segment(typed.slice(known.length));
    if (rest) return [known, ...rest];
  }
  return undefined;
}

/** The known words a misspelled one may stand for: the nearest, and those as near. */
function mend(typed: string): string[] {
  const known = mended.get(typed);
  if (known) return known;
  const letters = sortedLetters(typed);
  // Two letters swapped are two edits, and one mistake: "puls".
  const mistakes = mendableWords.map((word, index) =>
    lettersOfMendable[index] === letters ? 1 : distance(typed, word),
  );
  const fewest = Math.min.apply(undefined, mistakes);
  const meanings =
    fewest <= mostMistakes(typed.length)
      ? mendableWords.filter((_, index) => mistakes[index] === fewest)
      : [];
  if (mended.size > 500) mended.clear();
  mended.set(typed, meanings);
  return meanings;
}

/** In a short word a mistake more makes it another one. */
function mostMistakes(length: number): number {
  return length < 3 ? 0 : length < 5 ? 1 : 2;
}

function sortedLetters(text: string): string {
  return text.split('').sort().join('');
}

/** "8th", "8 gen", "gen 8" and "8th generation" all mean one thing. */
function markGenerations(words: QueryWord[]): QueryWord[] {
  return words.map((current, index) => {
    const besideGeneration = [words[index - 1], words[index + 1]].some(
      (beside) => beside?.kind === 'noise' && beside.meanings[0] === 'generation',
    );
    return current.kind === 'digits' && /^\d{1,2}$/.test(current.typed) && besideGeneration
      ? { ...current, kind: 'generation' }
      : current;
  });
}

function hasOwn(object: object, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(object, key);
}
