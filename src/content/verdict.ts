/** Verdict -> what we say: one plain sentence first, then why. */
import { releaseFor, type NowReading, type Verdict } from '../core/compatibility.ts';
import type { Facts } from '../data/schema.ts';
import { list, longDate, osVersion as named } from './checklist/phrases.ts';
import { path, type Rich } from './rich.ts';

/** The answer in one sentence that stands alone. */
export function verdictSentence(verdict: Verdict, facts: Facts): string {
  const { device, release, kind } = verdict;
  const offer = verdict.offers[0];
  const offered = offer ? named(device, offer.version) : undefined;
  switch (kind) {
    case 'offered':
      return offer === verdict.offerOfRelease
        ? `Yes: the ${device.name} can have ${release.name}, and Apple offers it ${offered} today.`
        : `Yes: the ${device.name} can have ${release.name}. Apple still offers it ${named(device, verdict.offerOfRelease?.version ?? '')}, beside the newer ${offered}.`;
    case 'superseded':
      return offered
        ? `The ${device.name} can run ${release.name}, but Apple no longer offers it: you will get ${offered} instead.`
        : `The ${device.name} can run ${release.name}, but we found no version that Apple still offers for it.`;
    case 'came-with':
      return `The ${device.name} came with ${release.name} or a later version of it${
        offered
          ? `; today Apple offers it ${offered}.`
          : ', and we found no version that Apple still offers for it.'
      }`;
    case 'too-new':
      return `The ${device.name} is too new for ${release.name}: it came with ${releaseFor(facts, device, device.firstMajor)?.name ?? `version ${device.firstMajor}`}${
        offered ? `, and today Apple offers it ${offered}.` : '.'
      }`;
    case 'too-old':
      return `No: the ${device.name} is too old for ${release.name}. The last version it gets is ${named(device, verdict.last.version)}${
        offered
          ? ', and Apple still offers that one.'
          : '; we found no sign that Apple still offers it.'
      }`;
  }
}

/** A word for a badge beside the sentence; never the only signal. */
export const verdictBadges: Record<
  Verdict['kind'],
  { mark: 'yes' | 'instead' | 'no'; label: string }
> = {
  offered: { mark: 'yes', label: 'Offered today' },
  superseded: { mark: 'instead', label: 'No longer offered' },
  'came-with': { mark: 'instead', label: 'Came with it' },
  'too-new': { mark: 'no', label: 'Too new for it' },
  'too-old': { mark: 'no', label: 'Too old for it' },
};

/** Why: what the device runs, what became of the release, and how sure we are. */
export function verdictReasons(verdict: Verdict, facts: Facts): Rich[] {
  const { device, release, kind, offers } = verdict;
  const first = releaseFor(facts, device, device.firstMajor);
  const last = releaseFor(facts, device, device.lastMajor);
  const reasons: Rich[] = [];
  reasons.push([
    first?.id === last?.id
      ? `This device runs ${last?.name} alone.`
      : `This device runs ${first?.name} to ${last?.name}.`,
  ]);
  reasons.push([
    `${release.name} came out on ${longDate(release.first.released)}; its last version so far is ${release.last.version}, of ${longDate(release.last.released)}.`,
  ]);
  if (kind === 'superseded' && offers.length > 0) {
    reasons.push([
      'Apple checks every installation and refuses versions it has withdrawn, even if you have the file. Guides that promise it are out of date.',
    ]);
  }
  if (offers.length > 1) {
    reasons.push([
      `Apple offers it ${list(offers.map(({ version }) => named(device, version)))}; Software Update may show only the newest.`,
    ]);
  }
  const variants = device.variants.filter((variant) => variant.newest);
  const stop = variants[0]?.newest;
  if (stop) {
    reasons.push([
      `${list(variants.map((variant) => `${variant.label} (${variant.models.join(', ')})`))} ${variants.length > 1 ? 'stop' : 'stops'} at ${stop.version}.`,
    ]);
  }
  [...device.notes, ...release.notes].forEach((note) => reasons.push([note]));
  reasons.push([
    `Facts of ${longDate(facts.about.asOf)}. The last word is on the device: `,
    path('Settings', 'General', 'Software Update'),
    '.',
  ]);
  return reasons;
}

/** What the version a person has now means for them. */
export function nowSentence(now: NowReading, verdict: Verdict, facts: Facts): string {
  const { device, release, offers } = verdict;
  const offer = offers[0];
  switch (now.kind) {
    case 'unread':
      return 'That is not a version we can read. Write it as on the device, such as 13.7 or 15.8.8.';
    case 'never-existed':
      return `There was never a version ${now.version.major}. Look again at Settings, General, About.`;
    case 'below-first':
      return `The ${device.name} never ran a version that old: it starts at ${releaseFor(facts, device, device.firstMajor)?.name}. Look again at the number, or at the model.`;
    case 'above-last':
      return `The ${device.name} cannot run a version that new: it ends at ${named(device, device.newest.version)}. Look again at the number, or at the model.`;
    case 'newer-than-facts':
      return `That is newer than our facts (${longDate(facts.about.asOf)}), so you have at least what we know of. Look at Software Update on the device.`;
    case 'known': {
      if (now.newest === 'same') {
        return `You already have ${named(device, device.newest.version)}, the newest this device gets.`;
      }
      const place = {
        before: '',
        on: `You are on ${release.name} already. `,
        past: `You are past ${release.name} already. `,
      }[now.release];
      if (!offer) return `${place}We found no newer version that Apple still offers for it.`;
      const between = now.between[0]
        ? ` On the way Apple also offers the smaller step to ${named(device, now.between[0].version)}.`
        : ' There is no stop in between.';
      const computer = now.computerOnly
        ? ' Your version cannot update itself: you need a computer.'
        : '';
      return `${place}The update takes you straight to ${named(device, offer.version)}.${between}${computer}`;
    }
  }
}
