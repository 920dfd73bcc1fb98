/** Whole small backups, of which chance changes or cuts something: a verdict each time, and a right one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentsOf, filesIn, inspected, locked, password, saidIn, sentence } from './memory.ts';

// None of whole blocks: of those, what is cut off may be the filling alone.
const few = [
  { domain: 'HomeDomain', relativePath: 'Library/SMS/sms.db', size: 700 },
  { domain: 'CameraRollDomain', relativePath: 'Media/DCIM/100APPLE/IMG_0001.JPG', size: 333 },
  { domain: 'HealthDomain', relativePath: 'Health/healthdb.sqlite', size: 65 },
  { domain: 'HomeDomain', relativePath: 'Library', flags: 2 as const },
];
const backups = [
  contentsOf({ files: few, digests: true }),
  contentsOf({ ...locked, files: few }),
  contentsOf({ ...locked, files: few, encrypted: { password, iterations: 2, scheme: 'before-10.2' } }),
]; // prettier-ignore
const indexFiles = ['Info.plist', 'Status.plist', 'Manifest.plist', 'Manifest.db'];
const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('a backup of which chance changed', () => {
  it('bytes of its index files is judged with sentences, and quickly', async () => {
    const change = fc.tuple(
      fc.constantFrom(...indexFiles),
      part,
      fc.uint8Array({ minLength: 1, maxLength: 12 }),
    );
    const verdicts = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...backups),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async ({ contents }, changes) => {
          const changed = new Map(contents);
          for (const [name, where, bytes] of changes) {
            const copy = Uint8Array.from(changed.get(name) ?? []);
            copy.set(bytes, Math.floor(where * (copy.length - bytes.length)));
            changed.set(name, copy);
          }
          const { found, judgment } = await inspected(filesIn(changed), {
            password,
            compareContents: true,
          });
          for (const said of saidIn(found)) expect(said).toMatch(sentence);
          verdicts.set(judgment.verdict, (verdicts.get(judgment.verdict) ?? 0) + 1);
          // What was read to its end has every file, or says what is amiss.
          const sound = judgment.verdict === 'safe' || judgment.verdict === 'safe-but';
          if (sound) expect(found.files?.count).toBe(3);
        },
      ),
      { numRuns: 400 },
    );
    expect(verdicts.get('not-yet')).toBeGreaterThan(100);
  });

  it('the length of any of its files is never called safe', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...backups), part, part, async ({ contents }, which, where) => {
        const names = Array.from(contents.keys());
        const name = names[Math.floor(which * names.length)] ?? '';
        const bytes = contents.get(name) ?? new Uint8Array();
        // The last byte of a list in XML is the end of its last line.
        const cut = bytes.slice(0, Math.floor(where * (bytes.length - 1)));
        const { found, judgment } = await inspected(filesIn(new Map(contents).set(name, cut)), {
          password,
        });
        expect([name, judgment.verdict]).toEqual([name, 'not-yet']);
        for (const said of saidIn(found)) expect(said).toMatch(sentence);
      }),
      { numRuns: 300 },
    );
  }); // prettier-ignore

  it('the presence of any of its files is never called safe', async () => {
    for (const { contents } of backups) {
      for (const name of contents.keys()) {
        const less = new Map(contents);
        less.delete(name);
        const { judgment } = await inspected(filesIn(less), { password });
        expect([name, judgment.verdict]).toEqual([name, 'not-yet']);
      }
    }
  });

  it('the content of any encrypted file so that it no longer decrypts is never called safe', async () => {
    const { contents } = contentsOf({ ...locked, files: few }, [{ kind: 'changed-bytes', count: 3 }]);
    const { found, judgment } = await inspected(filesIn(contents), { password });
    expect(judgment.obstacles).toEqual(['files-unopenable']);
    expect(found.faults).toHaveLength(3);
  }); // prettier-ignore
});
