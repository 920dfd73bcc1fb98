/** What the findings mean for somebody who is about to update: the judgment, apart from the search. */
import type { Facts, Device } from '../../data/schema.ts';
import type { Found } from './inspect.ts';
import type { FaultName } from './tally.ts';

export type Verdict = 'safe' | 'safe-but' | 'not-yet' | 'cannot-tell';

/** Why not: nothing may be updated on the strength of this backup. */
export type Obstacle =
  | 'unfinished'
  | 'being-made'
  | 'info-missing'
  | 'status-missing'
  | 'index-missing'
  | 'index-damaged'
  | 'wrong-password'
  | 'nothing-in-it'
  | 'files-missing'
  | 'files-cut-short'
  | 'files-changed'
  | 'files-unopenable'
  | 'index-inconsistent';

/** What keeps us from judging, though nothing wrong was found. */
export type Doubt =
  'password-wanted' | 'before-ios-10' | 'index-unsupported' | 'index-files-only' | 'no-date';

/** Safe, and yet to be known. */
export type Caution =
  'unencrypted' | 'old' | 'future' | 'other-device' | 'not-newest' | 'files-grown';

export interface Judgment {
  verdict: Verdict;
  obstacles: Obstacle[];
  doubts: Doubt[];
  cautions: Caution[];
}

export interface Circumstances {
  /** Unix seconds. */
  now: number;
  /** The device id the visitor is about to update, where it is known. */
  device?: string | undefined;
  /** When the newest backup of the same device among those given was made: Unix seconds. */
  newest?: number | undefined;
}

const day = 24 * 60 * 60;

export function judge(found: Found, circumstances: Circumstances, facts: Facts): Judgment {
  const obstacles = obstaclesOf(found);
  const doubts = doubtsOf(found);
  const cautions = cautionsOf(found, circumstances, facts);
  const verdict =
    obstacles.length > 0
      ? 'not-yet'
      : doubts.length > 0
        ? 'cannot-tell'
        : cautions.length > 0
          ? 'safe-but'
          : 'safe';
  return { verdict, obstacles, doubts, cautions };
}

/** The device of our facts whose hardware the backup names. */
export function deviceOfBackup({ about }: Found, facts: Facts): Device | undefined {
  return facts.devices.filter(({ variants }) =>
    variants.some(({ identifier }) => identifier === about.productType),
  )[0];
}

function obstaclesOf({ about, beingMade, index, password, faults, files }: Found): Obstacle[] {
  const lacks = (file: string): boolean => about.unreadable.some((one) => one.file === file);
  const has = (...names: FaultName[]): boolean => faults.some(({ fault }) => names.includes(fault));
  const list: [Obstacle, boolean][] = [
    ['unfinished', about.snapshotState !== undefined && about.snapshotState !== 'finished'],
    ['being-made', beingMade],
    ['info-missing', lacks('Info.plist')],
    // Before iOS 10 the state of the copying was kept there too.
    ['status-missing', about.snapshotState === undefined],
    ['index-missing', index.state === 'missing' || lacks('Manifest.plist')],
    ['index-damaged', index.state === 'damaged'],
    ['wrong-password', password === 'wrong'],
    ['nothing-in-it', index.state === 'read' && files?.count === 0],
    ['files-missing', has('missing')],
    ['files-cut-short', has('cut-short')],
    ['files-changed', has('changed')],
    ['files-unopenable', has('unopenable')],
    ['index-inconsistent', has('wrong-number', 'listed-twice', 'bad-record')],
  ];
  return list.filter(([, applies]) => applies).map(([obstacle]) => obstacle);
}

function doubtsOf({ about, index, password, whole }: Found): Doubt[] {
  const list: [Doubt, boolean][] = [
    ['password-wanted', password === 'wanted' && index.state !== 'damaged'],
    ['before-ios-10', index.state === 'before-ios-10'],
    ['index-unsupported', index.state === 'unsupported'],
    ['index-files-only', !whole],
    ['no-date', about.madeAt === undefined],
  ];
  return list.filter(([, applies]) => applies).map(([doubt]) => doubt);
}

function cautionsOf(found: Found, circumstances: Circumstances, facts: Facts): Caution[] {
  const { about, encrypted, faults } = found;
  const { now, device, newest } = circumstances;
  const own = deviceOfBackup(found, facts);
  const list: [Caution, boolean][] = [
    ['other-device', device !== undefined && own !== undefined && own.id !== device],
    ['not-newest', about.madeAt !== undefined && newest !== undefined && about.madeAt < newest],
    ['old', about.madeAt !== undefined && now - about.madeAt > day],
    ['future', about.madeAt !== undefined && about.madeAt - now > day],
    ['unencrypted', encrypted === false],
    ['files-grown', faults.some(({ fault }) => fault === 'grown')],
  ];
  return list.filter(([, applies]) => applies).map(([caution]) => caution);
}
