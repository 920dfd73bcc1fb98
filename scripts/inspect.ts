/**
 * The backup inspector in a terminal: the same checks and the same words as the page.
 *
 *   npm run inspect -- <folder> [--contents] [--json] [--device iphone-6s]
 *
 * The password of an encrypted backup is asked for, or taken from BACKUP_PASSWORD; never from an
 * argument, which other users of the computer could see. Exit status: 0 safe (or safe, with
 * something to know), 1 not, 2 could not tell.
 */
import {
  closeSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  statSync,
  type Dirent,
} from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import initSqlJs from 'sql.js';
import { readAbout } from '../src/core/backup/about.ts';
import { FileGone, findBackups, type Backup, type Files } from '../src/core/backup/folder.ts';
import { inspect, type Found, type Options } from '../src/core/backup/inspect.ts';
import { oneLine } from '../src/core/backup/oneLine.ts';
import { judge, type Verdict } from '../src/core/backup/verdict.ts';
import { dayAndTime, progressLine, reportText } from '../src/content/inspector.ts';
import type { About, Device, Facts, Release } from '../src/data/schema.ts';

const statusOf: Record<Verdict, number> = {
  safe: 0,
  'safe-but': 0,
  'not-yet': 1,
  'cannot-tell': 2,
};
const clearedLine = '\r\u001b[K';

try {
  process.exitCode = await main();
} catch (error) {
  console.error(printable(error instanceof Error ? error.message : String(error)));
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      contents: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      device: { type: 'string' },
    },
  });
  const folder = positionals[0];
  if (folder === undefined || positionals.length > 1) {
    throw new Error('Say which folder: npm run inspect -- <folder of a backup>');
  }
  const facts = readFacts();
  if (values.device !== undefined && !facts.devices.some(({ id }) => id === values.device)) {
    throw new Error(`We know no device “${values.device}”. Use an id such as iphone-6s.`);
  }
  const files = filesBelow(folder);
  const backup = await theOne(files, folder);
  const found = await withPassword(files, backup, { compareContents: values.contents });
  const now = Date.now() / 1000;
  const judgment = judge(found, { now, device: values.device }, facts);
  if (values.json) {
    console.log(JSON.stringify({ ...judgment, found: withoutSecrets(found) }, null, 2));
  } else {
    console.log(printable(reportText(found, judgment, facts, now)));
  }
  return statusOf[judgment.verdict];
}

/** Asks for a password until one fits, or none is given. */
async function withPassword(files: Files, backup: Backup, options: Options): Promise<Found> {
  let password = process.env.BACKUP_PASSWORD;
  for (;;) {
    const found = await inspect(files, backup, { ...options, password }, { sqlite, onProgress });
    if (process.stderr.isTTY) process.stderr.write(clearedLine);
    const asked = found.password === 'wanted' || found.password === 'wrong';
    if (!asked || process.env.BACKUP_PASSWORD !== undefined || !process.stdin.isTTY) return found;
    if (found.password === 'wrong') console.error('That password does not open this backup.');
    password = await prompt('Password of the backup (nothing to go on without): ');
    if (password === '') return found;
  }
}

function sqlite(): ReturnType<typeof initSqlJs> {
  return initSqlJs();
}

function onProgress(progress: Parameters<typeof progressLine>[0]): void {
  if (process.stderr.isTTY) process.stderr.write(clearedLine + progressLine(progress));
}

/** Read without an echo. */
function prompt(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  return new Promise((give) => {
    // Ctrl-C and Ctrl-D close it without an answer.
    lines.once('close', () => {
      process.stderr.write('\n');
      give('');
    });
    lines.question('', (answer) => {
      give(answer);
      lines.close();
    });
  });
}

/** Names of files and folders may hold what would move the cursor or color the lines. */
function printable(text: string): string {
  return text
    .split('\n')
    .map((line) => line.slice(0, line.search(/[^ ]|$/)) + oneLine(line, line.length))
    .join('\n');
}

/** Every file below a folder, without following links: Node.js itself would, and around in circles. */
function filesBelow(folder: string): Files {
  const top = resolve(folder);
  const sizes = new Map<string, number>();
  const open = [top];
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    for (const entry of entriesOf(parent)) {
      const path = join(parent, entry.name);
      if (entry.isDirectory()) open.push(path);
      if (!entry.isFile()) continue;
      try {
        sizes.set(relative(top, path).split(sep).join('/'), statSync(path).size);
      } catch {
        // Gone since it was listed: it counts as missing.
      }
    }
  }
  return { sizes, read: (path, start, end) => readPart(join(top, path), start, end) };
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new Error(`${folder} cannot be read: ${whyUnreadable(error)}`);
  }
}

function readPart(path: string, start = 0, end?: number): Promise<Uint8Array> {
  return new Promise((resolvePart, reject) => {
    try {
      if (end === undefined && start === 0) {
        resolvePart(new Uint8Array(readFileSync(path)));
        return;
      }
      const file = openSync(path, 'r');
      try {
        const wanted = (end ?? statSync(path).size) - start;
        const bytes = new Uint8Array(wanted);
        resolvePart(bytes.subarray(0, readSync(file, bytes, 0, wanted, start)));
      } finally {
        closeSync(file);
      }
    } catch (error) {
      reject(new FileGone(`It cannot be read: ${whyUnreadable(error)}`));
    }
  });
}

function whyUnreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return 'it is not there.';
    case 'ENOTDIR':
      return 'it is a file, not a folder.';
    case 'EACCES':
    case 'EPERM':
      return 'this user may not. On a Mac, allow the terminal “Full Disk Access” in System Settings.';
    default:
      return `the system says “${message}”.`;
  }
}

async function theOne(files: Files, folder: string): Promise<Backup> {
  const backups = findBackups(files);
  const [only] = backups;
  if (!only)
    throw new Error(
      `There is no backup in ${folder}: no Manifest.db, Manifest.plist or Info.plist. Name the folder with the long name of letters and digits.`,
    );
  if (backups.length === 1) return only;
  const lines = await Promise.all(
    backups.map(async (backup) => {
      const { deviceName, madeAt } = await readAbout(files, backup);
      return `  ${backup.root} ${deviceName ?? ''}${madeAt === undefined ? '' : `, ${dayAndTime(madeAt)}`}`;
    }),
  );
  throw new Error(
    `${backups.length} backups are in ${folder}. Name one of them:\n${lines.join('\n')}`,
  );
}

/** What a report may hold: keys stay out, and numbers that identify are masked in the text alone. */
function withoutSecrets({ about, ...found }: Found): object {
  const { keyBag, manifestKey, serialNumber, imei, phoneNumber, uniqueId, ...rest } = about;
  return { ...found, about: rest };
}

function readFacts(): Facts {
  const data = join(import.meta.dirname, '../src/data');
  const all = (folder: string): unknown[] =>
    readdirSync(join(data, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.json'))
      .map((file) => JSON.parse(readFileSync(join(data, folder, file), 'utf8')) as unknown);
  return {
    about: JSON.parse(readFileSync(join(data, 'about.json'), 'utf8')) as About,
    devices: all('devices') as Device[],
    releases: all('releases') as Release[],
  };
}
