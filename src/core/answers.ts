/**
 * The one state of the checker, and the address that is it: `?device=iphone-6s&computer=mac`.
 * One codec reads and writes it; nothing a visitor answers is kept anywhere else.
 */
import { longestText, queryOf, text } from './address.ts';
import type { Facts } from '../data/schema.ts';
import {
  exclusiveValues,
  questions,
  type QuestionId,
  type ValueOf,
} from './checklist/questions.ts';

export interface Answers {
  /** What is typed in the lookup while no device is chosen. */
  find: string;
  /** A device id. */
  device: string | undefined;
  /** The major asked about; undefined stands for the headline release. */
  release: number | undefined;
  /** The version the device has now, as typed; "unknown" for "I don't know". */
  now: string;
  computer: ValueOf<'computer'> | undefined;
  icloud: ValueOf<'icloud'> | undefined;
  encrypted: ValueOf<'encrypted'> | undefined;
  space: ValueOf<'space'> | undefined;
  uses: ValueOf<'uses'>[];
}

export const noAnswers: Answers = {
  find: '',
  device: undefined,
  release: undefined,
  now: '',
  computer: undefined,
  icloud: undefined,
  encrypted: undefined,
  space: undefined,
  uses: [],
};

export interface ReadAnswers {
  answers: Answers;
  /** Parts of the address that meant nothing to us, as "name=value"; the first few of them. */
  ignored: string[];
}

const mostIgnored = 5;

/**
 * Reads the query of an address, whoever wrote it.
 * @param search with or without its question mark
 */
export function readAnswers(search: string, facts: Facts): ReadAnswers {
  const parameters = new URLSearchParams(search);
  const ignored: string[] = [];
  const answers: Answers = { ...noAnswers, uses: [] };
  const ignore = (name: string, value: string): void => {
    if (ignored.length < mostIgnored) ignored.push(`${name}=${value}`.slice(0, longestText));
  };

  answers.find = text(parameters.get('find'));
  answers.now = text(parameters.get('now'));

  const device = parameters.get('device');
  if (device !== null && facts.devices.some(({ id }) => id === device)) {
    answers.device = device;
    answers.find = '';
  } else if (device !== null && device !== '') {
    ignore('device', device);
    answers.find = answers.find || text(device);
  }

  const release = parameters.get('release');
  if (release !== null && release !== '') {
    // Links from elsewhere may name it as we do in our addresses: "ios-14".
    const major = /^(?:(?:ios|ipados)-)?(\d{1,2})$/.exec(release);
    if (major && facts.releases.some((known) => known.major === Number(major[1]))) {
      const asked = Number(major[1]);
      answers.release = asked === facts.about.headlineMajor ? undefined : asked;
    } else {
      ignore('release', release);
    }
  }

  for (const question of questions) {
    const given = parameters.get(question.id);
    if (given === null || given === '') continue;
    const parts = question.multiple ? given.split(',') : [given];
    const known = parts.filter((part) => isValueOf(question.id, part));
    parts.filter((part) => !known.includes(part)).forEach((part) => ignore(question.id, part));
    answer(answers, question.id, known);
  }
  return { answers, ignored };
}

/** @returns the query, with its question mark; '' when nothing is answered */
export function writeAnswers(answers: Answers, facts: Facts): string {
  const pairs: [string, string][] = [
    ['find', answers.device ? '' : answers.find],
    ['device', answers.device ?? ''],
    [
      'release',
      answers.release === undefined || answers.release === facts.about.headlineMajor
        ? ''
        : String(answers.release),
    ],
    ['now', answers.now],
    ...questions.map(({ id }): [string, string] => [id, valuesOf(answers, id).join(',')]),
  ];
  return queryOf(pairs);
}

/** What is answered to a question, as a list; empty when it was skipped. */
export function valuesOf(answers: Answers, id: QuestionId): readonly string[] {
  const value = answers[id];
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** The answers after a value of a question was chosen, or taken back where several may be. */
export function withAnswer(answers: Answers, id: QuestionId, value: string, on = true): Answers {
  const next = { ...answers };
  const rest = valuesOf(answers, id).filter((other) => other !== value);
  const alone = exclusiveValues.includes(value);
  answer(
    next,
    id,
    on ? [...(alone ? [] : rest.filter((other) => !exclusiveValues.includes(other))), value] : rest,
  );
  return next;
}

function answer(answers: Answers, id: QuestionId, values: string[]): void {
  const question = questions.filter((known) => known.id === id)[0];
  const ordered = (question?.values ?? []).filter((known) => values.includes(known));
  const alone = ordered.filter((value) => exclusiveValues.includes(value));
  if (id === 'uses') {
    answers.uses = (
      alone.length > 0 && alone.length === ordered.length
        ? alone.slice(0, 1)
        : ordered.filter((value) => !exclusiveValues.includes(value))
    ) as Answers['uses'];
  } else {
    // The value was checked to be one of this question's.
    Object.assign(answers, { [id]: values[values.length - 1] });
  }
}

function isValueOf(id: QuestionId, value: string): boolean {
  return questions.some(
    (question) => question.id === id && (question.values as readonly string[]).includes(value),
  );
}
