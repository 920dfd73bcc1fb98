/** How fast the inspector checks backups of all sizes, in how much memory, and how it derives keys. */
import { pbkdf2Sync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { readPlist } from '../../src/core/backup/plist.ts';
import { unlock, WrongPassword } from '../../src/core/backup/unlock.ts';
import { readKeyBag } from '../../src/core/backup/keyBag.ts';
import { makeBackup } from '../../tests/backup/makeBackup.ts';
import { project, run } from '../programs.ts';
import type { Part, Row } from '../report.ts';
import { withBrowser, withOurSite } from '../sites.ts';
import { quantile } from '../statistics.ts';

const counts = [1_000, 100_000, 500_000];
/** As on phones. */
const rounds = { first: 10_000_000, second: 10_000 };

interface Check {
  files: number;
  seconds: number;
  peakMegabytes: number | undefined;
}

interface Made {
  folder: string;
  /** A file with a line for all that would lie in the folder: path, tab, size. */
  list: string;
  files: number;
  indexBytes: number;
}

export const inspector: Part = {
  name: 'inspector',
  title: 'The inspector: files a second, memory, and the derivation of keys',
  run: ({ runs = 3 }) =>
    withOurSite((ours) =>
      withBrowser(async (browser) => {
        const rows: Row[] = [];
        const measured: unknown[] = [];
        for (const count of counts) {
          const made = make(count);
          try {
            const inNode: Check[] = [];
            const inPage: Check[] = [];
            for (let turn = 0; turn < runs; turn += 1) {
              inNode.push(await checkInNode(made));
              inPage.push(await checkInPage(browser, `${ours.address}/verify/`, made));
              console.log(`checked ${count} files ${turn + 1} of ${runs} times`);
            }
            rows.push(row('Node.js', made, inNode), row('Chromium', made, inPage));
            measured.push({ count, inNode, inPage });
          } finally {
            rmSync(made.folder, { recursive: true });
          }
        }
        const derivations = await derive(browser, `${ours.address}/verify/`, runs);
        return {
          tables: [
            { title: 'An unencrypted backup, from the folder to the verdict', rows },
            { title: 'From a password to the keys', rows: derivations },
          ],
          notes: [
            'The folders are made, each with its whole index; the files themselves are given by name and size, which is all that is asked of them. Node.js asks no disk for that, and so is no measure of a slow disk.',
            'Memory is the most that the process held at once, all of Node.js or of a tab of Chromium, its own part included (about 80 and 145 MB).',
            'Keys: a password that is wrong, which takes the same two derivations (10,000,000 rounds of SHA-256, 10,000 of SHA-1) and one attempt to unwrap.',
          ],
          measured: { checks: measured, derivations },
        };
      }),
    ),
};

function make(count: number): Made {
  const folder = mkdtempSync(join(tmpdir(), 'bench-backup-'));
  const inside = join(folder, 'backup');
  const made = makeBackup(inside, { files: count, payload: 'none' });
  const list = join(folder, 'list');
  writeFileSync(list, Array.from(made.stored(), ([path, size]) => `${path}\t${size}`).join('\n'));
  const indexBytes = statSync(join(inside, 'Manifest.db')).size;
  return { folder, list, files: made.counts.files, indexBytes };
}

async function checkInNode({ folder, list }: Made): Promise<Check> {
  const program = join(import.meta.dirname, '../inspectBackup.ts');
  const { status, said } = await run(`node ${program} ${join(folder, 'backup')} ${list}`, {
    folder: project,
  });
  if (status !== 0) throw new Error(`The check in Node.js failed:\n${said}`);
  const { files, seconds, peakBytes } = JSON.parse(said) as Record<string, number>;
  return { files: files ?? 0, seconds: seconds ?? 0, peakMegabytes: (peakBytes ?? 0) / 1e6 };
}

async function checkInPage(browser: Browser, address: string, made: Made): Promise<Check> {
  const page = await browser.newPage({ serviceWorkers: 'block' });
  try {
    await page.goto(address);
    await giveFolder(page, made);
    const milliseconds = await page.evaluate(async () => {
      const start = performance.now();
      document
        .querySelector('input[webkitdirectory]')
        ?.dispatchEvent(new Event('change', { bubbles: true }));
      while (!document.querySelector('#verdict-title')) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return performance.now() - start;
    });
    const verdict = await page.textContent('#verdict-title');
    if (!verdict?.includes('is whole')) throw new Error(`The page says: ${verdict}`);
    const seconds = milliseconds / 1000;
    return { files: made.files, seconds, peakMegabytes: largestTab() };
  } finally {
    await page.close();
  }
}

/** The files of the index are real ones; of the others, name and size are all that is asked for. */
async function giveFolder(page: Page, { folder, list }: Made): Promise<void> {
  await page.evaluate(() => {
    const input = document.createElement('input');
    Object.assign(input, { type: 'file', multiple: true, id: 'real-files' });
    document.body.append(input);
  });
  const inside = join(folder, 'backup');
  await page.setInputFiles(
    '#real-files',
    readdirSync(inside).map((name) => join(inside, name)),
  );
  await page.evaluate(
    (lines) => {
      const real = document.querySelector('#real-files') as HTMLInputElement;
      const byName = new Map(Array.from(real.files ?? [], (file) => [file.name, file]));
      const given = lines.split('\n').map((line) => {
        const [path = '', size] = line.split('\t');
        const file = byName.get(path) ?? { name: path, size: Number(size) };
        return Object.defineProperty(file, 'webkitRelativePath', { value: `backup/${path}` });
      });
      const input = document.querySelector('input[webkitdirectory]') as HTMLInputElement;
      Object.defineProperty(input, 'files', { value: given, configurable: true });
    },
    readFileSync(list, 'utf8'),
  );
}

/** The most that any tab of a Chromium held at once; undefined where the system does not tell. */
function largestTab(): number | undefined {
  try {
    const peaks = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((id) => peakOfTab(id) ?? 0);
    return Math.max(...peaks) / 1000;
  } catch {
    return undefined;
  }
}

/** Kilobytes, as Linux counts them. @returns undefined for every other process */
function peakOfTab(id: string): number | undefined {
  try {
    if (!readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--type=renderer')) return undefined;
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1];
    return peak === undefined ? undefined : Number(peak) * 1.024;
  } catch {
    return undefined;
  }
}

function row(where: string, { files, indexBytes }: Made, checks: Check[]): Row {
  const seconds = quantile(
    checks.map((check) => check.seconds),
    0.5,
  );
  const peaks = checks.flatMap(({ peakMegabytes }) => peakMegabytes ?? []);
  return {
    files,
    'index MB': (indexBytes / 1e6).toFixed(1),
    in: where,
    'seconds, median': seconds.toFixed(2),
    'files a second': Math.round(files / seconds),
    'peak memory MB': peaks.length > 0 ? Math.round(Math.max(...peaks)) : 'not told',
  };
}

/** Node's own PBKDF2, our function in Node, and the page, one after the other, `runs` times. */
async function derive(browser: Browser, address: string, runs: number): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-backup-'));
  const inside = join(folder, 'backup');
  try {
    makeBackup(inside, {
      encrypted: {
        password: 'right',
        doubleIterations: rounds.first,
        iterations: rounds.second,
      },
    });
    const manifest = readPlist(readFileSync(join(inside, 'Manifest.plist')));
    const bag = manifest instanceof Map ? manifest.get('BackupKeyBag') : undefined;
    if (!(bag instanceof Uint8Array)) throw new Error('The backup has no key bag.');
    const seconds = { plain: [] as number[], ours: [] as number[], page: [] as number[] };
    for (let turn = 0; turn < runs; turn += 1) {
      seconds.plain.push(
        await timed(() => {
          const first = pbkdf2Sync('wrong', 'salt of 20 bytes long', rounds.first, 32, 'sha256');
          pbkdf2Sync(first, 'salt of 20 bytes long', rounds.second, 32, 'sha1');
        }),
      );
      seconds.ours.push(
        await timed(() =>
          unlock(readKeyBag(bag), 'wrong').catch((error: unknown) => {
            if (!(error instanceof WrongPassword)) throw error;
          }),
        ),
      );
      seconds.page.push(await derivedInPage(browser, address, inside));
      console.log(`derived the keys ${turn + 1} of ${runs} times`);
    }
    const median = (list: number[]): number => quantile(list, 0.5);
    const base = median(seconds.plain);
    return Object.entries({
      'Node’s own PBKDF2': seconds.plain,
      'our derivation, in Node.js': seconds.ours,
      'the page, from Enter to the answer': seconds.page,
    }).map(([what, list]) => ({
      what,
      'seconds, median': median(list).toFixed(2),
      'against Node’s own': `${(median(list) / base).toFixed(2)}x`,
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function derivedInPage(browser: Browser, address: string, inside: string): Promise<number> {
  const page = await browser.newPage({ serviceWorkers: 'block' });
  try {
    await page.goto(address);
    await page.locator('input[webkitdirectory]').setInputFiles(inside);
    await page.getByLabel('The password of this backup').fill('wrong');
    const start = performance.now();
    await page.keyboard.press('Enter');
    await page.getByText('The password does not open this backup.').waitFor({ timeout: 120_000 });
    return (performance.now() - start) / 1000;
  } finally {
    await page.close();
  }
}
