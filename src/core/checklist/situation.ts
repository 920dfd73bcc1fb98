/** Answers + facts -> everything a step may depend on, each thing derived once. */
import type { Answers } from '../answers.ts';
import {
  readNow,
  releaseFor,
  runs,
  verdictFor,
  type NowReading,
  type Verdict,
} from '../compatibility.ts';
import { compareVersions, versionOfFact, type Version } from '../version.ts';
import type { Connector, Device, Facts, OfferedVersion, RestartKeys } from '../../data/schema.ts';
import type { QuestionId, ValueOf } from './questions.ts';

/** The program that backs up, or the lack of a computer for it. */
export type Route =
  'icloud' | 'finder' | 'itunes' | 'windows' | 'linux' | 'any-computer' | 'borrow';

export type RouteReason =
  | 'complete-with-password' // a computer backup with a password holds the most
  | 'complete' // so it is without, but for what the password would have kept
  | 'no-password-wanted' // without one it leaves things out that iCloud does not
  | 'simplest' // enough room in iCloud, and the computer's way needs a terminal
  | 'no-computer'
  | 'only-way';

export interface Situation {
  facts: Facts;
  device: Device | undefined;
  verdict: Verdict | undefined;
  /** What the version they have now means; undefined when they did not say. */
  now: NowReading | undefined;
  /** Oldest and newest version the device may be on, as far as we know. */
  software: { oldest: Version; newest: Version };
  /** The version the update will bring, when the facts record one. */
  target: OfferedVersion | undefined;
  /** Connectors the device may have. */
  connectors: readonly Connector[];
  /** Key groups the device may have. */
  restartKeys: readonly RestartKeys[];
  computer: ValueOf<'computer'>;
  icloud: ValueOf<'icloud'>;
  encrypted: ValueOf<'encrypted'>;
  space: ValueOf<'space'>;
  uses: readonly ValueOf<'uses'>[];
  /** Ways to back up that the answers allow, the recommended one first. */
  routes: readonly Route[];
  routeReason: RouteReason;
}

/** iCloud Backup needs iOS 9 since 2024-12-18. Source: macrumors.com, 2024-11-18. */
export const oldestForICloud: Version = { major: 9, minor: 0, patch: 0 };

/** A first release of everything the facts reach back to. */
const oldestOfAll: Version = { major: 3, minor: 0, patch: 0 };

/** Skipped and "I don't know" are the same to every step. */
export function situationOf(answers: Answers, facts: Facts): Situation {
  const device = facts.devices.filter(({ id }) => id === answers.device)[0];
  const release = device
    ? releaseFor(facts, device, answers.release ?? facts.about.headlineMajor)
    : undefined;
  const verdict = device && release ? verdictFor(device, release) : undefined;
  const now =
    verdict && answers.now !== '' && answers.now !== 'unknown'
      ? readNow(facts, verdict, answers.now)
      : undefined;
  const known = {
    facts,
    device,
    verdict,
    now,
    software: softwareOf(facts, device, now),
    target: verdict?.offers[0],
    connectors: device ? [device.connector] : (['USB-C', 'Lightning', '30-pin'] as const),
    restartKeys: device ? [device.restartKeys] : allRestartKeys(facts),
    computer: answers.computer ?? 'unknown',
    icloud: answers.icloud ?? 'unknown',
    encrypted: answers.encrypted ?? 'unknown',
    space: answers.space ?? 'unknown',
    uses: usesThatFit(answers.uses, device),
  };
  return { ...known, ...routesOf(known) };
}

/**
 * What a device can be used for; the questions offer no more.
 * Apple Watch pairs with iPhones from the 5, eSIM came with the XS and the cellular iPads of late 2018,
 * Apple Pay with the iPhone 6, the iPad Air 2 and the iPad mini 3.
 */
export function canUse(device: Device | undefined, use: ValueOf<'uses'>): boolean {
  if (!device) return true;
  const { family, firstMajor } = device;
  switch (use) {
    case 'watch':
      return family === 'iPhone' && device.lastMajor >= 8 && device.year >= 2012;
    case 'esim':
      return family === 'iPhone' ? firstMajor >= 12 : family === 'iPad' && firstMajor >= 12;
    case 'cards':
      return family !== 'iPod touch' && firstMajor >= 8;
    default:
      return true;
  }
}

/** Whether an answer to a question could change this checklist. */
export function matters(question: QuestionId, { computer, software }: Situation): boolean {
  if (question === 'encrypted') return computer !== 'none';
  if (question === 'icloud') return compareVersions(software.newest, oldestForICloud) >= 0;
  return true;
}

function usesThatFit(
  uses: readonly ValueOf<'uses'>[],
  device: Device | undefined,
): readonly ValueOf<'uses'>[] {
  const fitting = uses.filter((use) => canUse(device, use));
  return fitting.length > 0 ? fitting : uses.length > 0 ? ['none'] : ['unknown'];
}

function softwareOf(
  facts: Facts,
  device: Device | undefined,
  now: NowReading | undefined,
): Situation['software'] {
  if (now?.kind === 'known') return { oldest: now.version, newest: now.version };
  const newestOfAll = facts.releases
    .map((release) => versionOfFact(release.last.version))
    .reduce((a, b) => (compareVersions(a, b) > 0 ? a : b), oldestOfAll);
  // A version newer than our facts is on a device all the same.
  if (now?.kind === 'newer-than-facts') return { oldest: now.version, newest: now.version };
  return device
    ? {
        oldest: { major: device.firstMajor, minor: 0, patch: 0 },
        newest: versionOfFact(device.newest.version),
      }
    : { oldest: oldestOfAll, newest: newestOfAll };
}

function allRestartKeys(facts: Facts): RestartKeys[] {
  return facts.devices
    .map((device) => device.restartKeys)
    .filter((keys, index, all) => all.indexOf(keys) === index);
}

type BeforeRoutes = Omit<Situation, 'routes' | 'routeReason'>;

function routesOf(known: BeforeRoutes): Pick<Situation, 'routes' | 'routeReason'> {
  const computer = computerRoute(known);
  const canICloud = compareVersions(known.software.newest, oldestForICloud) >= 0;
  const icloud = canICloud && known.icloud !== 'no';
  if (!icloud) return { routes: [computer], routeReason: 'only-way' };
  if (computer === 'borrow') return { routes: ['icloud', 'borrow'], routeReason: 'no-computer' };
  const room = known.icloud === 'enough';
  if (room && known.encrypted === 'no') {
    return { routes: ['icloud', computer], routeReason: 'no-password-wanted' };
  }
  if (room && (computer === 'linux' || computer === 'any-computer')) {
    return { routes: ['icloud', computer], routeReason: 'simplest' };
  }
  return {
    routes: [computer, 'icloud'],
    routeReason: known.encrypted === 'no' ? 'complete' : 'complete-with-password',
  };
}

function computerRoute({ computer }: BeforeRoutes): Route {
  switch (computer) {
    case 'mac':
      return 'finder';
    case 'old-mac':
      return 'itunes';
    case 'windows':
      return 'windows';
    case 'linux':
      return 'linux';
    case 'none':
      return 'borrow';
    case 'unknown':
      return 'any-computer';
  }
}

/** Whether the asked release is one the device runs at all. */
export function runsAskedRelease({ device, verdict }: Situation): boolean {
  return device !== undefined && verdict !== undefined && runs(device, verdict.release.major);
}
