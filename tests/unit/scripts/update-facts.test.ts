import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { publishedAt } from '../../../scripts/facts/published.ts';
import { Refused } from '../../../scripts/facts/update.ts';
import { checkFacts } from '../../../src/data/validate.ts';
import {
  copyOfFacts,
  dayOfUpdate,
  factsMadeIn,
  type CopyOfFacts,
} from '../../facts/copyOfFacts.ts';
import {
  publishInto,
  published,
  recorded,
  recordedFacts,
  recordOf,
  type PublishedFiles,
  type PublishedRecord,
} from '../../facts/publish.ts';
import { withoutVitest } from '../project.ts';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0)) step();
});

function facts(): CopyOfFacts {
  const copy = copyOfFacts();
  undo.push(copy.remove);
  return copy;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'facts-'));
  undo.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A build of the next version of iOS 27, for every device that has 27.0.1. */
function withNewVersion(files: PublishedFiles): PublishedFiles {
  for (const os of ['iOS', 'iPadOS']) {
    const last = recordOf(files.builds, `${os};24A446`);
    files.builds.push({
      ...last,
      version: '27.1',
      build: '24B82',
      key: `${os};24B82`,
      released: '2097-12-08',
      sources: [],
    });
    delete last.signed;
  }
  return files;
}

/** Devices of these identifiers get another build of iOS 16, newer than what they have. */
function withIos16(
  files: PublishedFiles,
  version: string,
  released = '2097-12-08',
): PublishedFiles {
  const last = recordOf(files.builds, 'iOS;20H392');
  files.builds.push({
    ...last,
    version,
    build: '20H400',
    key: 'iOS;20H400',
    released,
    sources: [],
  });
  delete last.signed;
  return files;
}

function without(files: PublishedFiles, key: string): PublishedFiles {
  return {
    devices: files.devices.filter((record) => record.key !== key),
    builds: files.builds.filter((record) => record.key !== key),
  };
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return (error as Error).message;
}

/** Expects an update to say a sentence and to leave every file as it was. */
async function expectNothingWritten(
  copy: CopyOfFacts,
  work: () => Promise<unknown>,
): Promise<string> {
  const before = copy.contents();
  const said = await refusalOf(work());
  expect(copy.contents()).toEqual(before);
  return said;
}

function device(copy: CopyOfFacts, file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(copy.folders.data, 'devices', file), 'utf8')) as Record<
    string,
    unknown
  >;
}

describe('an update from the records that the facts were made of', () => {
  it('finds nothing changed, and moves the date of the whole alone', async () => {
    const copy = facts();
    const before = checkFacts(copy.folders.data);
    expect(await copy.update(recorded())).toEqual([]);
    const after = checkFacts(copy.folders.data);
    expect(after.problems).toEqual([]);
    expect(after.about?.asOf).toBe(dayOfUpdate);
    expect(after.about?.sources.find(({ id }) => id === 'appledb')?.read).toBe(dayOfUpdate);
    expect(after.devices.map(({ value }) => value)).toEqual(
      before.devices.map(({ value }) => value),
    );
    expect(after.releases.map(({ value }) => value)).toEqual(
      before.releases.map(({ value }) => value),
    );
  });

  it('writes the same files when it runs again', async () => {
    const copy = facts();
    await copy.update(recorded());
    const first = copy.contents();
    expect(await copy.update(recorded())).toEqual([]);
    expect(copy.contents()).toEqual(first);
  });
});

describe('an update', () => {
  it('says in words what moved, and leaves a diff of what moved', async () => {
    const copy = facts();
    const before = copy.contents();
    const words = await copy.update(withIos16(recorded(), '16.7.17'));
    expect(words).toContain('iOS 16: 16.7.17 released 2097-12-08 (before: 16.7.16)');
    expect(words).toContain('iPhone 8, iPhone 8 Plus, iPhone X: newest 16.7.16 -> 16.7.17');
    const after = copy.contents();
    const changed = Object.keys(after).filter((file) => after[file] !== before[file]);
    expect(changed.map((file) => file.split('/').pop()).sort()).toEqual([
      'about.json',
      'about.json',
      'days.json',
      'ios-16.json',
      'iphone-8-plus.json',
      'iphone-8.json',
      'iphone-x.json',
      'releases.json',
    ]);
    expect(device(copy, 'iphone/iphone-8.json')).toMatchObject({
      newest: { version: '16.7.17', offered: true },
      asOf: dayOfUpdate,
    });
  });

  it('leaves input from which the import makes exactly the files that are there', async () => {
    const copy = facts();
    await copy.update(withNewVersion(recorded()));
    const made = await factsMadeIn(copy.folders.facts);
    expect(made.size).toBeGreaterThan(100);
    for (const [file, text] of made) {
      expect(readFileSync(join(copy.folders.data, file), 'utf8'), file).toBe(text);
    }
  });

  it('takes an ordinary version of Apple, though half of all records move with it', async () => {
    const copy = facts();
    const words = await copy.update(withNewVersion(recorded()));
    expect(words).toContain('iOS 27: 27.1 released 2097-12-08 (before: 27.0.1)');
    expect(words.filter((line) => line.endsWith('newest 27.0.1 -> 27.1'))).toHaveLength(1);
  });

  it('knows a device that nobody described by name alone, and says how to describe it', async () => {
    const copy = facts();
    const files = recorded();
    files.devices.push({
      ...recordOf(files.devices, 'iPhone18,5'),
      name: 'iPhone 18e',
      identifier: ['iPhone19,9'],
      model: ['A9991'],
      key: 'iPhone19,9',
    });
    (recordOf(files.builds, 'iOS;24A446').deviceMap as string[]).push('iPhone19,9');
    expect(await copy.update(files)).toEqual([
      'known by name alone: iPhone 18e (iPhone19,9); CONTRIBUTING.md says how to describe it',
    ]);
    expect(checkFacts(copy.folders.data).about?.newerThanFacts.map(({ name }) => name)).toContain(
      'iPhone 18e',
    );

    const described = join(copy.folders.facts, 'authored.json');
    const authored = JSON.parse(readFileSync(described, 'utf8')) as Record<string, object>;
    writeFileSync(
      described,
      JSON.stringify({
        ...authored,
        'iphone-18e': { ...authored['iphone-17e'], nicknames: ['18e'] },
      }),
    );
    expect(await copy.update(files)).toEqual([
      'new device: iPhone 18e',
      'no longer known by name alone: iPhone 18e',
    ]);
    expect(device(copy, 'iphone/iphone-18e.json')).toMatchObject({
      newest: { version: '27.0.1' },
      asOf: dayOfUpdate,
    });
  });

  it('tells a new release, a signing that ended, and a new A-number', async () => {
    const copy = facts();
    const files = recorded();
    const last = recordOf(files.builds, 'iOS;24A446');
    files.builds.push({
      ...last,
      version: '28.0',
      build: '25A400',
      key: 'iOS;25A400',
      released: '2097-09-14',
    });
    delete recordOf(files.builds, 'iPadOS;21H461').signed;
    delete recordOf(files.builds, 'iOS;23H30').signed;
    (recordOf(files.devices, 'iPhone10,1').model as string[]).push('A9992');
    const said = await refusalOf(copy.update(files));
    expect(said).toMatch('new release: iOS 28 (28.0 released 2097-09-14)');
    expect(said).toMatch('iOS 26: its last version is not offered any more');
    expect(said).toMatch(/iPhone 8: iPhone10,1: models .*A9992/);
    expect(said).toMatch(/iPad \(6th generation\): 17\.7\.11 is not offered any more/);
  });

  it('records the full download of a version that is offered, from the file of its build', async () => {
    const copy = facts();
    const files = withIos16(recorded(), '16.7.17');
    recordOf(files.builds, 'iOS;20H400').sources = [
      { type: 'ota', deviceMap: ['iPhone10,1'], prerequisiteBuild: '20H392', links: [], size: 1e8 },
      { type: 'ota', deviceMap: ['iPhone10,1', 'iPhone10,4'], links: [], size: 4_710_000_000 },
    ];
    expect(await copy.update(files)).toContain('iPhone 8: download of 16.7.17: 4.71 GB -> 4.71 GB');
    expect(device(copy, 'iphone/iphone-8.json').newest).toMatchObject({
      downloadBytes: 4_710_000_000,
    });
  });

  it('leaves aside what is dated later than its day', async () => {
    const copy = facts();
    const files = withIos16(recorded(), '16.7.17', '2098-01-02');
    recordOf(files.builds, 'iOS;20H392').signed = true;
    expect(await copy.update(files)).toEqual([]);
    expect(await copy.update(files, { day: '2098-01-02' })).not.toEqual([]);
  });

  it('never makes the facts older', async () => {
    const copy = facts();
    expect(
      await expectNothingWritten(copy, () => copy.update(recorded(), { day: '2020-01-01' })),
    ).toMatch(/would make them older/);
  });
});

const refused: [string, string, RegExp, (files: PublishedFiles) => PublishedFiles][] = [
  [
    'a device that is lost',
    'lost:iphone-xr',
    /The device iPhone XR would be lost\./,
    (files) => without(files, 'iPhone11,8'),
  ],
  [
    'a variant that is lost',
    'lost:iPhone10,4',
    /The iPhone 8 would lose its variant iPhone10,4\./,
    (files) => without(files, 'iPhone10,4'),
  ],
  [
    'a release that is lost',
    'lost:ios-3',
    /The release iPhone OS 3 would be lost\./,
    (files) => ({
      ...files,
      builds: files.builds
        .filter(({ osStr }) => osStr !== 'iPhone OS')
        .map((build) => (build.key === 'iOS;7B500' ? { ...build, version: '4.0' } : build)),
    }),
  ],
  [
    'a newest version that goes down',
    'down:iphone-se-1st-generation',
    /The newest version of iPhone SE \(1st generation\) would go down from 15\.8\.8 to 15\.6\.1\./,
    (files) => {
      const last = recordOf(files.builds, 'iOS;19H422');
      last.deviceMap = (last.deviceMap as string[]).filter((key) => key !== 'iPhone8,4');
      return files;
    },
  ],
  [
    'a device that is offered nothing any more',
    'unoffered:ipod-touch-7th-generation',
    /The iPod touch \(7th generation\) would be offered nothing any more\./,
    (files) => {
      const last = recordOf(files.builds, 'iOS;19H422');
      last.signed = (last.deviceMap as string[]).filter((key) => key !== 'iPod9,1');
      return files;
    },
  ],
];

describe('an update refuses, unless told by name,', () => {
  for (const [what, name, sentence, damage] of refused) {
    it(what, async () => {
      const copy = facts();
      const said = await expectNothingWritten(copy, () => copy.update(damage(recorded())));
      expect(said).toMatch(sentence);
      const names = [...said.matchAll(/--accept (\S+)/g)].map(([, named = '']) => named);
      expect(names).toContain(name);
      const others = names.filter((other) => other !== name);
      if (others.length === 0) others.push('lost:something-else');
      expect(
        await expectNothingWritten(copy, () =>
          copy.update(damage(recorded()), { accepted: others }),
        ),
      ).toMatch(sentence);
      await copy.update(damage(recorded()), { accepted: names });
      expect(checkFacts(copy.folders.data).problems).toEqual([]);
    });
  }

  it('the newest release of all offered to nobody', async () => {
    const copy = facts();
    const files = recorded();
    for (const os of ['iOS', 'iPadOS']) delete recordOf(files.builds, `${os};24A446`).signed;
    const said = await expectNothingWritten(copy, () => copy.update(files));
    expect(said).toMatch(/iOS 27 is the newest there is, and would be offered to no device\./);
    expect(said).toMatch(/--accept unoffered:ios-27 --accept unoffered:ipados-27/);
  });

  it('more than a tenth of all records changing, but not a tenth', async () => {
    const copy = facts();
    const { devices, releases } = checkFacts(copy.folders.data);
    const tenth = Math.floor((devices.length + releases.length) / 10);
    const renamed = (count: number): PublishedFiles => {
      const files = recorded();
      const single = devices.filter(({ value }) => value.variants.length === 1);
      for (const { value } of single.slice(0, count)) {
        recordOf(files.devices, value.variants[0]?.identifier ?? '').soc = 'A99';
      }
      return files;
    };
    const said = await expectNothingWritten(copy, () => copy.update(renamed(tenth + 1)));
    expect(said).toMatch(
      `${tenth + 1} of ${devices.length + releases.length} records would change`,
    );
    expect(said).toMatch('--accept many-changes');
    await copy.update(renamed(tenth));
    expect(await copy.update(renamed(tenth + 1))).toHaveLength(1);
    const other = facts();
    await other.update(renamed(tenth + 1), { accepted: ['many-changes'] });
  });

  it('takes the description of a device along, once its loss is accepted', async () => {
    const copy = facts();
    await copy.update(without(recorded(), 'iPhone11,8'), { accepted: ['lost:iphone-xr'] });
    const authored = readFileSync(join(copy.folders.facts, 'authored.json'), 'utf8');
    const [gone] = /\n {2}"iphone-xr": \{[\s\S]*?\n {2}\},/.exec(
      readFileSync(`${recordedFacts}/authored.json`, 'utf8'),
    ) ?? [''];
    expect(gone).not.toBe('');
    expect(authored).toBe(readFileSync(`${recordedFacts}/authored.json`, 'utf8').replace(gone, ''));
  });
});

describe('damaged records', () => {
  const damages: [string, RegExp, (files: PublishedFiles) => unknown][] = [
    ['a name that is a number', /device\/main\.json is damaged: in the record "iPhone10,1", "name" is wrong/, ({ devices }) => (recordOf(devices, 'iPhone10,1').name = 8)],
    ['A-numbers that are no list', /"iPhone10,1", "model" is wrong/, ({ devices }) => (recordOf(devices, 'iPhone10,1').model = 'A1863')],
    ['a day that does not exist', /The record iPhone10,1 has "2017-09-31" where a date should be\./, ({ devices }) => (recordOf(devices, 'iPhone10,1').released = '2017-09-31')],
    ['a build without devices', /ios\/iOS\/main\.json is damaged: in the record "iOS;20H392", "deviceMap" is wrong/, ({ builds }) => delete recordOf(builds, 'iOS;20H392').deviceMap],
    ['a signing that is a word', /"iOS;20H392", "signed" is wrong/, ({ builds }) => (recordOf(builds, 'iOS;20H392').signed = 'yes')],
    ['a version that is a number', /"iOS;20H392", "version" is wrong/, ({ builds }) => (recordOf(builds, 'iOS;20H392').version = 16.7)],
    ['an entry that is no record', /ios\/iOS\/main\.json is damaged: entry \d+ of \d+ is not a record\./, ({ builds }) => builds.push('iOS' as unknown as PublishedRecord)],
  ]; // prettier-ignore
  for (const [what, sentence, damage] of damages) {
    it(`stop the update with one sentence: ${what}`, async () => {
      const copy = facts();
      const files = recorded();
      damage(files);
      const said = await expectNothingWritten(copy, () => copy.update(files));
      expect(said).toMatch(sentence);
      expect(said).not.toMatch('\n');
    });
  }

  it('stop it when there is no list at all', async () => {
    const copy = facts();
    for (const value of [{}, [], null, 'x']) {
      const said = await expectNothingWritten(copy, () =>
        copy.update(recorded(), { read: () => Promise.resolve(value) }),
      );
      expect(said).toMatch('device/main.json is not a list of records.');
    }
  });

  it('that would make facts the schema refuses are named with file, field and what was found', async () => {
    const copy = facts();
    const files = recorded();
    recordOf(files.devices, 'iPhone10,1').soc = 'A';
    const said = await expectNothingWritten(copy, () => copy.update(files));
    expect(said).toMatch(
      /^Nothing was written: the facts would not be valid\.\n\ndevices\/iphone\/iphone-8\.json\n/,
    );
    expect(said).toMatch(/field: +chip\n +found: +"A"/);
  });

  it('never end in half an update, whatever a field becomes', async () => {
    const copy = facts();
    const before = copy.contents();
    const file = fc.constantFrom('devices' as const, 'builds' as const);
    await fc.assert(
      fc.asyncProperty(
        file,
        fc.nat(),
        fc.nat(),
        fc.jsonValue(),
        async (list, nth, field, value) => {
          const files = recorded();
          const records = files[list];
          const record = records[nth % records.length] as PublishedRecord;
          const names = Object.keys(record);
          record[names[field % names.length] as string] = value;
          try {
            await copy.update(files);
            expect(checkFacts(copy.folders.data).problems).toEqual([]);
            for (const [path, text] of Object.entries(before)) writeFileSync(path, text);
            rmSync(join(copy.folders.facts, 'input/days.json'), { force: true });
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
            expect(error).not.toBeInstanceOf(TypeError);
            expect((error as Error).message).toMatch(/[.?]$|^Nothing was written/);
          }
          expect(copy.contents()).toEqual(before);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a write that fails', () => {
  it('leaves everything as it was, at whichever of its steps', async () => {
    const copy = facts();
    const before = copy.contents();
    let steps = 0;
    const failingAt =
      (last: number) =>
      (from: string, to: string): void => {
        steps += 1;
        if (steps === last) throw new Error('The disk is full.');
        renameSync(from, to);
      };
    let last = 1;
    for (; last < 100; last += 1) {
      steps = 0;
      const done = await copy
        .update(withIos16(recorded(), '16.7.17'), { rename: failingAt(last) })
        .then(
          () => true,
          (error: unknown) => {
            expect((error as Error).message).toBe('The disk is full.');
            return false;
          },
        );
      if (done) break;
      expect(copy.contents()).toEqual(before);
    }
    // 13 renames: two for each of devices, releases, both about.json and the two files of input/, one for
    // days.json, which was not there.
    expect(last).toBe(14);
    expect(device(copy, 'iphone/iphone-8.json').newest).toMatchObject({ version: '16.7.17' });
  });

  it('that was broken off is told to the next run', async () => {
    const copy = facts();
    renameSync(join(copy.folders.data, 'releases'), join(copy.folders.data, '.releases.old'));
    writeFileSync(join(copy.folders.data, '.about.json.new'), 'half');
    await expect(copy.update(recorded())).rejects.toThrow();
    renameSync(join(copy.folders.data, '.releases.old'), join(copy.folders.data, 'releases'));
    writeFileSync(join(copy.folders.data, '.about.json.old'), 'whole');
    await expect(copy.update(recorded())).rejects.toThrow(/is left from a run that was broken off/);
  });
});

describe('an address', () => {
  async function serve(answer: RequestListener): Promise<string> {
    const server: Server = createServer(answer);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    undo.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/appledb`;
  }

  it('serves as well as a folder', async () => {
    const texts = published(withIos16(recorded(), '16.7.17'));
    const address = await serve((request, response) => {
      const path = decodeURIComponent((request.url ?? '').replace('/appledb/', ''));
      const text = texts.get(path);
      response.writeHead(text === undefined ? 404 : 200).end(text);
    });
    const folder = temporaryFolder();
    publishInto(folder, withIos16(recorded(), '16.7.17'));
    const [one, other] = [facts(), facts()];
    const words = await one.update(recorded(), { read: publishedAt(address, 10) });
    expect(words.join('\n')).toMatch('newest 16.7.16 -> 16.7.17');
    expect(await other.update(recorded(), { read: publishedAt(folder, 10) })).toEqual(words);
  });

  const answers: [string, RegExp, RequestListener][] = [
    ['that answers with an error', /\/device\/main\.json answered 503\. Try again later\.$/, (_, response) => response.writeHead(503).end()],
    ['without the file', /^There is no http:.*\/device\/main\.json\.$/, (_, response) => response.writeHead(404).end()],
    ['that serves a page for people', /is not JSON; it begins with "<!doctype html>"\.$/, (_, response) => response.end('<!doctype html>')],
    ['that breaks off', /cannot be reached|is not JSON/, (_, response) => { response.writeHead(200, { 'content-length': '1000' }).write('[{'); setTimeout(() => response.destroy(), 20); }],
    ['that never answers', /did not answer in full within 0\.3 seconds\. Try again later\.$/, () => undefined],
    ['that stalls in the middle', /did not answer in full within 0\.3 seconds/, (_, response) => { response.writeHead(200).write('[{"name":'); }],
  ]; // prettier-ignore
  for (const [what, sentence, answer] of answers) {
    it(`${what} stops the update with one sentence`, async () => {
      const copy = facts();
      const address = await serve(answer);
      const said = await expectNothingWritten(copy, () =>
        copy.update(recorded(), { read: publishedAt(address, 0.3) }),
      );
      expect(said).toMatch(sentence);
      expect(said).not.toMatch('\n');
    });
  }

  it('that is neither https nor on this machine is not asked', () => {
    expect(() => publishedAt('http://api.appledb.dev/', 1)).toThrow(/neither/);
    expect(() => publishedAt('ftp://localhost/', 1)).toThrow(/neither/);
  });
});

describe('the command', () => {
  function run(
    args: string[],
    environment: Record<string, string> = {},
  ): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, ['scripts/update-facts.ts', ...args], {
      encoding: 'utf8',
      env: { ...withoutVitest(process.env), ...environment },
    });
  }

  it('ends with status 1 and a sentence where nothing listens', () => {
    const before = execFileSync('git', ['status', '--porcelain', 'src/data', 'scripts/facts'], {
      encoding: 'utf8',
    });
    const { status, stderr } = run(['--from', 'http://127.0.0.1:9/']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/http:\/\/127\.0\.0\.1:9\/device\/main\.json cannot be reached/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(
      execFileSync('git', ['status', '--porcelain', 'src/data', 'scripts/facts'], {
        encoding: 'utf8',
      }),
    ).toBe(before);
  });

  it('reads the address from the environment too', () => {
    expect(run([], { FACTS_FROM: '/nowhere/at/all' }).stderr).toMatch(
      'There is no file /nowhere/at/all/device/main.json.',
    );
  });

  it('says what is wrong with an option', () => {
    expect(run(['--timeout', 'long']).stderr).toMatch(/--timeout takes a number of seconds/);
    expect(run(['--day', 'tomorrow']).stderr).toMatch(/--day takes a date/);
    expect(run(['--acept', 'x'])).toMatchObject({ status: 1 });
  });

  it('refuses with an error of its own kind', async () => {
    const copy = facts();
    await expect(copy.update(without(recorded(), 'iPhone11,8'))).rejects.toBeInstanceOf(Refused);
  });
});
