/**
 * What a person typed -> the devices it may mean, best first.
 *
 * Words are mended in `words.ts`; here they are held against the names. Digits
 * must be there as typed: "iphone 12" never answers with an iPhone 11.
 */
import type { Device, Facts } from '../../data/schema.ts';
import { nameDevices, type Form, type NamedDevice, type Names, type NameWord } from './names.ts';
import { readCode, type Code } from './codes.ts';
import { isBeyondFacts } from './newer.ts';
import { readWords, type QueryWord } from './words.ts';

/** A stretch of text, and whether it is what the query matched. */
export interface Piece {
  text: string;
  matched: boolean;
}

export interface Match {
  device: Device;
  name: Piece[];
  /** What else matched, when it is not in the name: a nickname, an A-number, the year. */
  by: { kind: 'nickname' | 'model' | 'identifier' | 'year' | 'chip'; pieces: Piece[] } | undefined;
}

export type Lookup =
  | { kind: 'empty' }
  | { kind: 'matches'; matches: Match[] }
  /** Apple's order number: it names color and storage, not the model in our facts. */
  | { kind: 'part-number'; code: string }
  /** Announced or numbered after the facts' date; the name as far as it is known. */
  | { kind: 'newer'; name: string }
  /** A well-formed A-number or identifier that no device of ours has. */
  | { kind: 'unknown-code'; code: string }
  | { kind: 'nothing' };

export interface LookupIndex extends Names {
  facts: Facts;
  coded: CodedDevice[];
}

/** A device and all the codes it goes by. */
interface CodedDevice extends Record<Code['kind'], string[]> {
  device: Device;
}

interface Scored {
  cost: number;
  named: NamedDevice;
  form: Form;
  hits: Hit[];
}

/** Built once; `lookup` only reads it. */
export function buildIndex(facts: Facts): LookupIndex {
  return { facts, ...nameDevices(facts), coded: facts.devices.map(codesOf) };
}

function codesOf(device: Device): CodedDevice {
  const { variants } = device;
  return {
    device,
    model: variants.flatMap((variant) => variant.models),
    identifier: variants.map((variant) => variant.identifier),
  };
}

/** @param text anything at all; only its first 80 characters are read */
export function lookup(index: LookupIndex, text: string): Lookup {
  const words = readWords(text);
  if (words.length === 0 && text.trim() === '') return { kind: 'empty' };
  const code = readCode(text);
  const byCode = code ? matchesOfCode(index, code) : [];
  if (code && byCode.length === 0 && code.complete) return missingCode(index.facts, code);
  if (code?.complete) return { kind: 'matches', matches: byCode };
  const partNumber = readPartNumber(text, words);
  if (partNumber) return { kind: 'part-number', code: partNumber };
  const byName = matchesOfWords(index, words);
  const matches = code?.kind === 'identifier' ? joined(byCode, byName) : joined(byName, byCode);
  if (matches.length > 0) return { kind: 'matches', matches };
  const newer = nameOfNewer(index, words);
  return newer ? { kind: 'newer', name: newer } : { kind: 'nothing' };
}

/** One list, each device once. */
function joined(first: Match[], then: Match[]): Match[] {
  return [
    ...first,
    ...then.filter(({ device }) => !first.some((match) => match.device.id === device.id)),
  ];
}

/* ---- by name ---- */

function matchesOfWords(index: LookupIndex, words: QueryWord[]): Match[] {
  const wanted = words.filter((word) => word.kind !== 'noise');
  if (wanted.length === 0) return [];
  const found = scoreAll(index, wanted);
  if (found.length > 0) return sorted(found);
  // "iPhone 11 128": a storage size, not a second number of the name.
  const withoutStorage = wanted.filter((word) => !/^(16|32|64|128|256|512|1024)$/.test(word.typed));
  const numberLeft = withoutStorage.some((word) => word.kind !== 'letters');
  return numberLeft && withoutStorage.length < wanted.length
    ? sorted(scoreAll(index, withoutStorage))
    : [];
}

function scoreAll({ named, senses }: LookupIndex, queryWords: QueryWord[]): Scored[] {
  const words = queryWords.map((word) => ({
    word,
    costs: senses.map((sense) => costOf(word, sense)),
  }));
  const found: Scored[] = [];
  for (const one of named) {
    let best: Scored | undefined;
    for (const form of one.forms) {
      const scored = scoreForm(one, form, words);
      if (scored && (!best || scored.cost < best.cost)) best = scored;
    }
    if (best) found.push(best);
  }
  return found;
}

/** Cheapest first; among equals the newest device. */
function sorted(found: Scored[]): Match[] {
  return found
    .sort((a, b) => a.cost - b.cost || (a.named.device.released < b.named.device.released ? 1 : -1))
    .map(matchOf);
}

/** A line word nobody typed ("Pro" for "iphone 12") makes it another device. */
const uncoveredLineCost = 3;
/** Between equal matches the name reads better than a nickname. */
const nicknameCost = 0.1;
const mendedCost = 0.5;

/** A query's word, and what holding it against a word of each sense costs. */
interface AskedWord {
  word: QueryWord;
  costs: (number | undefined)[];
}

interface Hit {
  cost: number;
  word: NameWord;
  /** How many characters of the name's word were typed. */
  length: number;
}

function scoreForm(named: NamedDevice, form: Form, words: AskedWord[]): Scored | undefined {
  const hits: Hit[] = [];
  let cost = form.isName ? 0 : nicknameCost;
  for (const asked of words) {
    const hit = bestHit(asked, form.words, hits) ?? bestHit(asked, named.anyway, []);
    if (!hit) return undefined;
    hits.push(hit);
    cost += hit.cost + (asked.word.mended ? mendedCost : 0);
  }
  const left = form.words.filter((word) => !isTaken(word, hits));
  // A nickname is meant when all of it is there; half of one is half of another name.
  if (!form.isName && left.some(({ kind }) => kind === 'line' || kind === 'number')) {
    return undefined;
  }
  cost += uncoveredLineCost * left.filter(({ kind }) => kind === 'line').length;
  return { cost, named, form, hits };
}

function bestHit({ word, costs }: AskedWord, candidates: NameWord[], hits: Hit[]): Hit | undefined {
  let best: Hit | undefined;
  for (const candidate of candidates) {
    const cost = costs[candidate.sense];
    if (cost === undefined || (best && best.cost <= cost)) continue;
    if (candidate.kind !== 'family' && isTaken(candidate, hits)) continue;
    const partly = !word.mended && candidate.text.startsWith(word.typed);
    best = { cost, word: candidate, length: partly ? word.typed.length : candidate.text.length };
  }
  return best;
}

function isTaken(word: NameWord, hits: Hit[]): boolean {
  return hits.some((hit) => hit.word === word);
}

/** What holding a query's word against a name's word costs; undefined where they differ. */
function costOf(word: QueryWord, name: NameWord): number | undefined {
  if (word.kind === 'letters') return costOfLetters(word, name);
  const { typed } = word;
  if (word.kind === 'generation') {
    return name.kind === 'generation' && name.text === word.meanings[0] ? 0 : undefined;
  }
  if (name.kind === 'family' || name.kind === 'line') return undefined;
  if (name.text === typed) return 0;
  if (!name.text.startsWith(typed)) return undefined;
  const rest = name.text.slice(typed.length);
  // 6 -> 6s, and 12 -> 12.9: the digits are whole, only what follows is left out.
  if (/^[a-z]/.test(rest) && name.kind === 'number') return 1;
  if (rest.startsWith('.')) return 1;
  // 1 -> 12, while it is being typed.
  return word.open && (name.kind !== 'year' || typed.length > 2) ? 2 : undefined;
}

function costOfLetters(word: QueryWord, name: NameWord): number | undefined {
  if (name.kind !== 'family' && name.kind !== 'line' && name.kind !== 'chip') return undefined;
  if (word.meanings.includes(name.text)) return 0;
  if (word.mended || !name.text.startsWith(word.typed)) return undefined;
  if (word.open) return 0.2;
  return word.typed === 'x' && name.kind === 'line' ? 1 : undefined;
}

function matchOf({ named: { device, anyway }, form, hits }: Scored): Match {
  const pieces = cutPieces(
    form.text,
    hits
      .filter((hit) => !anyway.includes(hit.word) && hit.word.end > 0)
      .map((hit) => ({ start: hit.word.start, end: hit.word.start + hit.length })),
  );
  if (!form.isName) {
    return { device, name: plain(device.name), by: { kind: 'nickname', pieces } };
  }
  const beside = hits.filter((hit) => anyway.includes(hit.word))[0];
  const kind = beside?.word.kind === 'year' ? 'year' : 'chip';
  return {
    device,
    name: pieces,
    by: beside && {
      kind,
      pieces: cutPieces(kind === 'year' ? String(device.year) : device.chip, [
        { start: 0, end: beside.length },
      ]),
    },
  };
}

/* ---- by A-number or identifier ---- */

function matchesOfCode({ coded }: LookupIndex, code: Code): Match[] {
  const matches: Match[] = [];
  for (const { device, [code.kind]: values } of coded) {
    const found = values.filter((value) =>
      code.complete ? value === code.text : value.startsWith(code.text),
    )[0];
    if (found) {
      matches.push({
        device,
        name: plain(device.name),
        by: { kind: code.kind, pieces: cutPieces(found, [{ start: 0, end: code.text.length }]) },
      });
    }
  }
  return matches;
}

function missingCode({ about, devices }: Facts, code: Code): Lookup {
  const announced = about.newerThanFacts.filter(
    ({ identifiers, models }) => identifiers.includes(code.text) || models.includes(code.text),
  )[0];
  if (announced) return { kind: 'newer', name: announced.name };
  return code.kind === 'identifier' && isBeyondFacts(devices, code.text)
    ? { kind: 'newer', name: code.text }
    : { kind: 'unknown-code', code: code.text };
}

/**
 * Apple's part number: M, F, N, P or 3 (new, refurbished, replacement, engraved, demonstration),
 * four or so letters and digits, the country's letters, and a slash with one letter. Without the
 * slash it is taken for one only where the words cannot be read otherwise.
 */
function readPartNumber(text: string, words: QueryWord[]): string | undefined {
  const compact = text.trim().toUpperCase().replace(/\s+/g, '');
  const found = /^[MFNP3][A-Z0-9]{3,5}[A-Z]{1,2}(\/[A-Z]?)?$/.exec(compact);
  if (!found || !/\d/.test(compact.slice(1))) return undefined;
  const unread = words.some((word) => word.kind === 'noise' && word.meanings.length === 0);
  return found[1] || unread ? compact : undefined;
}

/* ---- newer than the facts ---- */

/** The name of what was asked for, when its number is just above the newest of its line. */
function nameOfNewer(index: LookupIndex, words: QueryWord[]): string | undefined {
  const wanted = words.filter((word) => word.kind !== 'noise');
  const announced = index.facts.about.newerThanFacts.filter(({ name }) => {
    const parts = name.toLowerCase().split(' ');
    return (
      wanted.some((word) => word.meanings.includes(String(parts[parts.length - 1]))) &&
      wanted.every((word) => word.meanings.some((meaning) => parts.includes(meaning)))
    );
  })[0];
  if (announced) return announced.name;
  const numbers = wanted.filter((word) => word.kind !== 'letters');
  const line = scoreAll(
    index,
    wanted.filter((word) => word.kind === 'letters'),
  );
  const number = numbers[0];
  if (!number || numbers.length > 1 || line.length === 0) return undefined;
  return isAboveAll(index.named, line, number)
    ? wanted.map(({ typed }) => typed).join(' ')
    : undefined;
}

/** How far above the newest of its line a number may be to be taken for a coming device. */
const farthestAhead = 5;

function isAboveAll(named: NamedDevice[], line: Scored[], { meanings, kind }: QueryWord): boolean {
  const asked = meanings[0] ?? '';
  const chip = /^[am]/.exec(asked)?.[0] ?? '';
  const ofLine = named.filter(({ device }) =>
    line.some((scored) => scored.named.device === device),
  );
  const values = ofLine
    .flatMap(({ forms, anyway }) => [...forms.flatMap((form) => form.words), ...anyway])
    .filter((word) => {
      if (chip) return word.kind === 'chip' && word.text.startsWith(chip);
      if (asked.length === 4) return word.kind === 'year';
      return word.kind === 'generation' || (kind === 'digits' && word.kind === 'number');
    })
    .map((word) => Number.parseInt(word.text.slice(chip.length), 10));
  const highest = Math.max(...values);
  const value = Number.parseInt(asked.slice(chip.length), 10);
  return value > highest && value <= highest + farthestAhead;
}

/* ---- pieces ---- */

function plain(text: string): Piece[] {
  return [{ text, matched: false }];
}

function cutPieces(text: string, ranges: { start: number; end: number }[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    if (from > at) pieces.push({ text: text.slice(at, from), matched: false });
    pieces.push({ text: text.slice(from, end), matched: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), matched: false });
  return pieces;
}
