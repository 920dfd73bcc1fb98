import { describe, expect, it } from 'vitest';
import {
  deviceDescription,
  deviceTitle,
  easilyConfused,
  keySentences,
  longestDescription,
  longestTitle,
  offerSentences,
  waysToBackUp,
  withoutICloud,
} from '../../../src/content/device.ts';
import { fate } from '../../../src/content/releases.ts';
import { noAnswers } from '../../../src/core/answers.ts';
import { situationOf, type Situation } from '../../../src/core/checklist/situation.ts';
import {
  releaseFor,
  runs,
  verdictFor,
  verdictsFor,
  type Verdict,
} from '../../../src/core/compatibility.ts';
import { facts } from '../../../src/data/facts.ts';
import type { Release } from '../../../src/data/schema.ts';
import { deviceOf } from '../device.ts';

function headline(id: string): Verdict {
  const device = deviceOf(id);
  return verdictFor(device, releaseFor(facts, device, facts.about.headlineMajor) as Release);
}

function situationFor(id: string): Situation {
  return situationOf({ ...noAnswers, device: id }, facts);
}

const verdicts = facts.devices.map(({ id }) => headline(id));

describe('what a search engine shows of a device', () => {
  it('is the question people type, answered', () => {
    expect(deviceTitle(headline('iphone-6s'))).toBe(
      'Can the iPhone 6s get iOS 14? It gets iOS 15.8.8 today',
    );
    expect(deviceTitle(headline('iphone-4'))).toBe(
      'Can the iPhone 4 get iOS 14? No: it stops at iOS 7.1.2',
    );
    expect(deviceTitle(headline('iphone-17'))).toMatch(/^Which iOS can the iPhone 17 have\? .+27/);
    expect(deviceDescription(headline('ipad-air-2'), facts)).toMatch(
      /^The iPad Air 2 can run iPadOS 14, but Apple no longer offers it: .*15\.8\.8 instead\. .+/,
    );
  });

  it('fits, says the verdict, and is of no other device', () => {
    for (const verdict of verdicts) {
      const { name } = verdict.device;
      expect(deviceTitle(verdict).length, name).toBeLessThanOrEqual(longestTitle);
      expect(deviceTitle(verdict), name).toContain(name);
      const description = deviceDescription(verdict, facts);
      expect(description.length, name).toBeLessThanOrEqual(longestDescription);
      expect(description, name).toContain(name);
    }
    expect(new Set(verdicts.map(deviceTitle)).size).toBe(facts.devices.length);
    expect(new Set(verdicts.map((one) => deviceDescription(one, facts))).size).toBe(
      facts.devices.length,
    );
  });
});

describe('what Apple offers a device', () => {
  it('is the version, its day, and how large it is', () => {
    expect(offerSentences(deviceOf('iphone-6s'))).toEqual([
      'Apple offers it iOS 15.8.8, of May 11, 2026.',
      'The whole download of the newest is about 4.1 GB; an update from a recent version may be less.',
    ]);
  });

  it('names what it offers beside the newest', () => {
    expect(offerSentences(deviceOf('ipad-9th-generation')).join(' ')).toContain(
      'Beside it Apple offers iPadOS 26.7.1, of September 28, 2026',
    );
  });

  it('where none is known is said, and nothing is promised', () => {
    const sentences = offerSentences(deviceOf('ipad-2')).join(' ');
    expect(sentences).toContain('We found no version that Apple still offers for it.');
    expect(sentences).toContain('iOS 9.3.6');
    expect(sentences).toContain('We do not know');
    expect(sentences).not.toContain('Apple offers it');
  });
});

describe('the ways to back a device up', () => {
  const guidesOf = (id: string): string[] =>
    waysToBackUp(deviceOf(id), facts).map(({ more }) => more.guide);

  it('are every computer and iCloud, each with its guide', () => {
    expect(guidesOf('iphone-6s')).toEqual([
      ...['finder-backup', 'itunes-backup', 'apple-devices-backup', 'linux-backup'],
      'icloud-backup',
    ]);
    expect(withoutICloud(situationFor('iphone-6s'))).toBeUndefined();
  });

  it('leave iCloud out where the device is too old for it, and say so', () => {
    expect(guidesOf('iphone-4')).not.toContain('icloud-backup');
    expect(withoutICloud(situationFor('iphone-4'))).toContain('iOS 9');
  });
});

describe('the keys of a device', () => {
  it('are its own, with its own cable', () => {
    const { restart, recovery } = keySentences(situationFor('iphone-7'));
    expect(restart).toContain('Hold volume down and the side button together until');
    expect(recovery).toContain('Lightning cable');
    expect(recovery).toContain('Hold volume down and the side button together');
    expect(keySentences(situationFor('iphone-16')).recovery).toContain('USB-C cable');
  });
});

describe('devices easily taken for one another', () => {
  const confusedWith = (id: string): string[] =>
    easilyConfused(deviceOf(id), facts).map((device) => device.id);

  it('share a name or a nickname', () => {
    expect(confusedWith('iphone-se-1st-generation').sort()).toEqual([
      'iphone-se-2nd-generation',
      'iphone-se-3rd-generation',
    ]);
    expect(confusedWith('iphone-6s')).toEqual([]);
  });

  it('are so both ways', () => {
    for (const { id } of facts.devices) {
      for (const other of confusedWith(id)) expect(confusedWith(other), other).toContain(id);
    }
  });
});

describe('what became of a release', () => {
  const ofMajor = (major: number): string =>
    fate(
      `iOS ${major}`,
      verdictsFor(facts, major).filter(({ device }) => runs(device, major)),
    );

  it('is that Apple withdrew it, offers it to some, or to all', () => {
    expect(ofMajor(14)).toBe(
      'Apple no longer offers iOS 14 to any device. All 39 devices that can run it get something newer instead.',
    );
    expect(ofMajor(15)).toMatch(/^Of the \d+ devices that can run it, Apple still offers it to 8;/);
    expect(ofMajor(27)).toMatch(/^Apple offers it to all \d+ devices that can run it\.$/);
  });

  it('is not claimed where nothing is recorded', () => {
    expect(ofMajor(5)).toMatch(/^We found no sign that Apple still offers iOS 5 to any device/);
  });
});
