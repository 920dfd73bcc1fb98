/**
 * What an estimate is asked for, and the address that says it: `?device=iphone-6s&used=40%20GB&line=cable`.
 * Names that the checker knows as well mean the same there, so that a link can lead to and fro.
 */
import { longestText, queryOf, text } from './address.ts';
import type { Planning } from '../data/schema.ts';

export interface Circumstances {
  /** A device id. */
  device: string;
  /** What is used on the device, as typed, or one of `fullness`. */
  used: string;
  photos: '' | (typeof choices.photos)[number];
  /** The id of a kind of line; '' when it was not chosen. */
  line: string;
  /** The line's speed as typed, in Mbit/s; counts before the line in words. */
  up: string;
  down: string;
  /** The id of the iCloud plan. */
  plan: string;
  /** What is in iCloud already, as typed. */
  taken: string;
  computer: '' | (typeof choices.computer)[number];
  cable: '' | (typeof choices.cable)[number];
  /** What is free on the computer, as typed. */
  room: string;
  /** Answers of the checker that no estimate needs, kept for the way back. */
  carried: readonly (readonly [name: string, value: string])[];
}

export const choices = {
  photos: ['in-icloud', 'on-device'],
  computer: ['mac', 'old-mac', 'windows', 'linux', 'none', 'unknown'],
  cable: ['usb2', 'fast-usb'],
} as const;

const carriedNames = ['release', 'now', 'icloud', 'encrypted', 'space', 'uses'];
const typedFields = ['used', 'up', 'down', 'taken', 'room'] as const;

export const noCircumstances: Circumstances = {
  device: '',
  used: '',
  photos: '',
  line: '',
  up: '',
  down: '',
  plan: '',
  taken: '',
  computer: '',
  cable: '',
  room: '',
  carried: [],
};

export interface ReadCircumstances {
  circumstances: Circumstances;
  /** Parts of the address that meant nothing to us, as "name=value". */
  ignored: string[];
}

/**
 * Reads the query of an address, whoever wrote it. What is typed stays as it is, readable or not.
 * @param search with or without its question mark
 * @param devices ids that exist
 */
export function readCircumstances(
  search: string,
  planning: Planning,
  devices: readonly string[],
): ReadCircumstances {
  const parameters = new URLSearchParams(search);
  const circumstances: Circumstances = { ...noCircumstances };
  const ignored: string[] = [];
  for (const field of typedFields) circumstances[field] = text(parameters.get(field));

  const ids = (of: readonly { id: string }[]): string[] => of.map(({ id }) => id);
  const known: [keyof Circumstances, readonly string[]][] = [
    ['device', devices],
    ['line', ids(planning.lines)],
    ['plan', ids(planning.plans)],
    ['photos', choices.photos],
    ['computer', choices.computer],
    ['cable', choices.cable],
  ];
  for (const [field, values] of known) {
    const given = parameters.get(field) ?? '';
    if (values.includes(given)) Object.assign(circumstances, { [field]: given });
    else if (given !== '') ignored.push(`${field}=${given}`.slice(0, longestText));
  }
  circumstances.carried = carriedNames
    .map((name) => [name, text(parameters.get(name))] as const)
    .filter(([, value]) => value !== '');
  return { circumstances, ignored };
}

/** @returns the query, with its question mark; '' when nothing is said */
export function writeCircumstances({ carried, ...fields }: Circumstances): string {
  return queryOf([...Object.entries(fields), ...carried]);
}

/** The query that opens the checker with what both know. */
export function queryForChecker({ device, computer, carried }: Circumstances): string {
  return queryOf([['device', device], ['computer', computer], ...carried]);
}
