/** What the page of a device says besides its verdict. */
import { noAnswers } from '../core/answers.ts';
import { checklistFor } from '../core/checklist/checklist.ts';
import { questions } from '../core/checklist/questions.ts';
import { situationOf, type Situation } from '../core/checklist/situation.ts';
import { steps, type StepId } from '../core/checklist/steps.ts';
import { offersFor, type Verdict } from '../core/compatibility.ts';
import type { Device, Facts } from '../data/schema.ts';
import { guideLinks, type GuideLink } from './checklist/guideLinks.ts';
import { cable, gigabytes, keyGroups, list, longDate, osVersion } from './checklist/phrases.ts';
import { wordsOf } from './checklist/words.ts';
import { verdictSentence } from './verdict.ts';

/** Search engines cut longer ones: titles at about 70 characters, descriptions at about 180. */
export const longestTitle = 70;
export const longestDescription = 180;

/** What people ask a search engine: "Can the iPhone 6s get iOS 14?" */
export function askedOf({ device, release }: Verdict): string {
  return `Can the ${device.name} get ${release.name}?`;
}

/** The question with as much of the answer as fits. */
export function deviceTitle(verdict: Verdict): string {
  const { device, release, kind, offers, last } = verdict;
  const offer = offers[0] ? osVersion(device, offers[0].version) : undefined;
  const asked =
    kind === 'too-new' ? `Which ${release.os} can the ${device.name} have?` : askedOf(verdict);
  const stop = `No: it stops at ${osVersion(device, last.version)}`;
  const answers =
    kind === 'too-old' ? [stop, 'No'] : offer ? [`It gets ${offer} today`, `Today: ${offer}`] : [];
  return firstThatFits(
    [...answers.map((answer) => `${asked} ${answer}`), asked, device.name],
    longestTitle,
  );
}

/** The verdict, and what else the page has. */
export function deviceDescription(verdict: Verdict, facts: Facts): string {
  const sentence = verdictSentence(verdict, facts);
  return firstThatFits(
    [
      `${sentence} How to back it up first, its A-numbers and its recovery keys.`,
      `${sentence} Its backup, A-numbers and recovery keys.`,
      `${sentence} How to back it up.`,
      sentence,
    ],
    longestDescription,
  );
}

function firstThatFits(texts: string[], most: number): string {
  return texts.filter((text) => text.length <= most)[0] ?? texts[texts.length - 1] ?? '';
}

/** What kind of thing it is: "iPhone of 2015. Chip: A9. Home button: yes. Connector: Lightning." */
export function deviceLine({
  family,
  year,
  chip,
  homeButton,
  connector,
  nicknames,
}: Device): string {
  const called = nicknames.length > 0 ? ` Also called ${list(nicknames, 'or')}.` : '';
  return `${family} of ${year}, with ${homeButton ? 'a Home button' : 'no Home button'} and ${
    { '30-pin': 'the wide 30-pin', Lightning: 'a Lightning', 'USB-C': 'a USB-C' }[connector]
  } connector. Chip: ${chip}.${called}`;
}

/** What Apple installs on it today, how large that is, and what we do not know of it. */
export function offerSentences(device: Device): string[] {
  const [newest, ...others] = offersFor(device);
  const last = `${osVersion(device, device.newest.version)}, of ${longDate(device.newest.released)}`;
  if (!newest) {
    return [
      `We found no version that Apple still offers for it. The last version it got is ${last}.`,
      'We do not know whether it could be set up again after it was erased. So do not erase it.',
    ];
  }
  const sentences = [
    `Apple offers it ${osVersion(device, newest.version)}, of ${longDate(newest.released)}.`,
  ];
  if (others.length > 0) {
    sentences.push(
      `Beside it Apple offers ${list(
        others.map(
          ({ version, released }) => `${osVersion(device, version)}, of ${longDate(released)}`,
        ),
      )}; Software Update may show only the newest.`,
    );
  }
  if (!device.newest.offered) sentences.push(`The last version it can run is ${last}.`);
  sentences.push(
    device.newest.offered && device.newest.downloadBytes !== undefined
      ? `The whole download of the newest is about ${gigabytes(device.newest.downloadBytes)}; an update from a recent version may be less.`
      : 'How large the download is, we have not recorded; Software Update says it.',
  );
  return sentences;
}

export interface WayToBackUp {
  /** Starts with a verb. */
  title: string;
  more: GuideLink;
}

/** Every way to back a device up, whatever computer there is, by the rules of the checklist. */
export function waysToBackUp(device: Device, facts: Facts): WayToBackUp[] {
  const titles = new Map<StepId, string>();
  for (const computer of questions[0].values.filter((value) => value !== 'unknown')) {
    const situation = situationOf({ ...noAnswers, device: device.id, computer }, facts);
    const inPhase = checklistFor(situation).filter(({ phase }) => phase === 'back-up');
    for (const { id } of inPhase.flatMap((phase) => phase.steps)) {
      if (id.startsWith('back-up-')) titles.set(id, wordsOf(id, situation).title);
    }
  }
  return steps
    .filter(({ id }) => titles.has(id))
    .map(({ id }) => ({ title: titles.get(id) ?? '', more: guideLinks[id] }));
}

/** Why iCloud is not among the ways; undefined where it is. */
export function withoutICloud({ routes }: Situation): string | undefined {
  return routes.includes('icloud')
    ? undefined
    : 'Not to iCloud: its backup needs iOS 9 or later, which this device cannot have.';
}

/** What to press to restart it, and to reach recovery mode. */
export function keySentences(situation: Situation): { restart: string; recovery: string } {
  const group = keyGroups.filter(({ keys }) => situation.restartKeys.includes(keys))[0];
  const press = group?.press ?? '';
  return {
    restart: `${press} until the Apple logo shows. This erases nothing.`,
    recovery: `Connect it to a computer with ${cable(situation)}. ${press}, and keep holding past the Apple logo, until you see a cable and a computer.`,
  };
}

/**
 * Devices whose owners may take theirs for this one: the same name but for what is in brackets, or a
 * nickname in common.
 */
export function easilyConfused(device: Device, { devices }: Facts): Device[] {
  const bare = ({ name }: Device): string => name.replace(/ \(.*$/, '');
  const called = ({ name, nicknames }: Device): string[] =>
    [name, ...nicknames].map((text) => text.toLowerCase());
  return devices.filter(
    (other) =>
      other.id !== device.id &&
      (bare(other) === bare(device) || called(other).some((name) => called(device).includes(name))),
  );
}
