import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { astro, copyOfProject, runIn } from '../project.ts';
import { assertValidFacts, checkFacts, type Problem } from '../../../src/data/validate.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facts-'));
  cpSync('src/data', folder, { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const iphone6s = 'devices/iphone/iphone-6s.json';

/** Changes one record, as a slip of a maintainer would. */
function change(file: string, edit: (text: string) => string): void {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  const after = edit(before);
  if (after === before) throw new Error('The edit changed nothing.');
  writeFileSync(path, after);
}

function onlyProblem(): Problem {
  const { problems } = checkFacts(folder);
  expect(problems.map(({ field }) => field)).toHaveLength(1);
  return problems[0] as Problem;
}

describe('bad facts are refused, naming file, record, field, found and expected', () => {
  it('the facts as they are have no problem', () => {
    expect(checkFacts('src/data').problems).toEqual([]);
  });

  it('a duplicate id', () => {
    change(iphone6s, (text) => text.replace('"iphone-6s"', '"iphone-7"'));
    const { problems } = checkFacts(folder);
    expect(problems).toContainEqual(
      expect.objectContaining({
        file: expect.stringContaining('iphone-7.json') as string,
        record: 'iphone-7',
        field: 'id',
        found: '"iphone-7"',
        expected: expect.stringContaining('iphone-6s.json') as string,
      }),
    );
  });

  it('a range whose ends are swapped', () => {
    change('planning.json', (text) =>
      text.replace(/"up": \{ "low": 5, "high": 10 \}/, '"up": { "low": 10, "high": 5 }'),
    );
    expect(onlyProblem()).toMatchObject({
      file: expect.stringContaining('planning.json') as string,
      record: 'planning',
      field: 'lines[1].up',
      found: '{"low":10,"high":5}',
      expected: 'a range whose low is not above its high',
    });
  });

  it('a line on which nothing ever arrives, and more than all of a device in a backup', () => {
    change('planning.json', (text) =>
      text
        .replace(/"up": \{ "low": 0.5,/, '"up": { "low": 0,')
        .replace(/("photos-on-device": \{ "low": 0.5, "high": )0.9/, '$11.9'),
    );
    expect(checkFacts(folder).problems).toEqual([
      expect.objectContaining({ field: 'lines[0].up', expected: 'speeds above 0 Mbit/s' }),
      expect.objectContaining({
        field: 'assumptions.backedUp.photos-on-device',
        expected: 'shares of a whole, from 0 to 1',
      }),
    ]);
  });

  it('iCloud plans that are not in order', () => {
    change('planning.json', (text) => text.replace('"gigabytes": 200 ', '"gigabytes": 20 '));
    expect(onlyProblem()).toMatchObject({
      field: 'plans',
      expected: 'plans from the smallest to the largest',
    });
  });

  it('a malformed A-number', () => {
    change(iphone6s, (text) => text.replace('"A1688"', '"A168"'));
    expect(onlyProblem()).toMatchObject({
      file: expect.stringContaining(iphone6s) as string,
      record: 'iphone-6s',
      field: 'variants[0].models[1]',
      found: '"A168"',
      expected: 'an A-number: the letter A and four digits, such as "A1633"',
    });
  });

  it('a last major below the first', () => {
    change(iphone6s, (text) =>
      text
        .replace('"lastMajor": 15', '"lastMajor": 8')
        .replace('"version": "15.8.8"', '"version": "8.4.1"'),
    );
    expect(onlyProblem()).toMatchObject({
      record: 'iphone-6s',
      field: 'lastMajor',
      found: '8',
      expected: 'a major version not below firstMajor (9)',
    });
  });

  it('a date that is not a date', () => {
    change(iphone6s, (text) => text.replace('"2026-05-11"', '"2026-02-30"'));
    expect(onlyProblem()).toMatchObject({
      record: 'iphone-6s',
      field: 'newest.released',
      found: '"2026-02-30"',
      expected: 'a date that exists, written YYYY-MM-DD',
    });
  });

  it('a device whose newest version is not of its last major', () => {
    change(iphone6s, (text) => text.replace('"version": "15.8.8"', '"version": "14.8.1"'));
    expect(onlyProblem()).toMatchObject({
      record: 'iphone-6s',
      field: 'newest.version',
      found: '"14.8.1"',
      expected: "a version of the device's last major (15)",
    });
  });

  it('an identifier or an A-number that another device has', () => {
    change(iphone6s, (text) =>
      text.replace('"iPhone8,1"', '"iPhone8,2"').replace('"A1633"', '"A1634"'),
    );
    expect(
      checkFacts(folder)
        .problems.map(({ field }) => field)
        .sort(),
    ).toEqual(['variants.identifier', 'variants.models']);
  });

  it('a field that is missing, misspelled or of another kind', () => {
    change(iphone6s, (text) =>
      text
        .replace('"chip": "A9",', '"ship": "A9",')
        .replace('"homeButton": true', '"homeButton": "yes"'),
    );
    const problems = checkFacts(folder).problems;
    expect(problems).toContainEqual(
      expect.objectContaining({
        field: 'chip',
        found: 'nothing',
        expected: 'string, received undefined',
      }),
    );
    expect(problems).toContainEqual(
      expect.objectContaining({ field: 'homeButton', found: '"yes"' }),
    );
  });

  it('a file that is not JSON, or not named after its record', () => {
    change(iphone6s, (text) => text.slice(0, -5));
    renameSync(
      join(folder, 'devices/iphone/iphone-7.json'),
      join(folder, 'devices/iphone/seven.json'),
    );
    expect(
      checkFacts(folder).problems.map(({ file, field }) => [file.replace(/.*\//, ''), field]),
    ).toEqual([
      ['iphone-6s.json', '(the whole file)'],
      ['seven.json', 'id'],
    ]);
  });

  it('a release with its versions of another major, or ending before it began', () => {
    change('releases/ios-14.json', (text) =>
      text
        .replace('"version": "14.8.1"', '"version": "15.8.1"')
        .replace('"2021-10-26"', '"2019-10-26"'),
    );
    expect(checkFacts(folder).problems.map(({ field }) => field)).toEqual([
      'last.version',
      'last.released',
    ]);
  });
});

describe('the build', () => {
  it('stops on bad facts and says which', () => {
    expect(() => assertValidFacts(folder)).not.toThrow();
    const project = copyOfProject();
    try {
      const file = join(project.folder, 'src/data', iphone6s);
      writeFileSync(file, readFileSync(file, 'utf8').replace('"A1688"', '"A168"'));
      const { status, said } = runIn(project.folder, [astro, 'build']);
      expect(status).not.toBe(0);
      for (const part of ['iphone-6s.json', 'variants[0].models[1]', '"A168"', 'an A-number']) {
        expect(said).toContain(part);
      }
    } finally {
      project.remove();
    }
  });
});
