/** Backups in memory: made from the format for one test, or read from what the generator wrote. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import initSqlJs from 'sql.js';
import { FileGone, findBackups, type Files } from '../../../../src/core/backup/folder.ts';
import {
  inspect,
  type Found,
  type Options,
  type Progress,
} from '../../../../src/core/backup/inspect.ts';
import { judge, type Circumstances, type Judgment } from '../../../../src/core/backup/verdict.ts';
import { facts } from '../../../../src/data/facts.ts';
import type { Damage } from '../../../backup/damage.ts';
import { makeBackup, type BackupPlan, type MadeBackup } from '../../../backup/makeBackup.ts';

export type Contents = Map<string, Uint8Array>;

export const password = 'Käse & Brot 12';
/** As a real one, but opened at once. */
export const locked: BackupPlan = { encrypted: { password, iterations: 2, doubleIterations: 2 } };

/** An hour after the generator's backups were made: Unix seconds. */
export const now = Date.parse('2026-10-05T10:30:00Z') / 1000;

/**
 * @param isGone which files were removed after they had been listed; asked at each reading
 */
export function filesIn(
  contents: Contents,
  isGone: (path: string) => boolean = () => false,
): Files {
  return {
    sizes: new Map(Array.from(contents, ([path, bytes]) => [path, bytes.length])),
    read: (path, start, end) => {
      const bytes = contents.get(path);
      return bytes === undefined || isGone(path)
        ? Promise.reject(new FileGone('It is gone.'))
        : Promise.resolve(bytes.slice(start, end));
    },
  };
}

/** A new backup, of which nothing stays on the disk. */
export function contentsOf(
  plan: BackupPlan = {},
  damages: Damage[] = [],
): { contents: Contents; made: MadeBackup } {
  const folder = mkdtempSync(join(tmpdir(), 'backup-'));
  try {
    const made = makeBackup(folder, plan, damages);
    const contents: Contents = new Map();
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      contents.set(relative(folder, path).split(sep).join('/'), new Uint8Array(readFileSync(path)));
    }
    return { contents, made };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const loaded = initSqlJs();

export interface Inspected {
  found: Found;
  judgment: Judgment;
  progress: Progress[];
}

/** Inspects the one backup of some files, and judges it. */
export async function inspected(
  files: Files,
  options: Options = {},
  circumstances: Partial<Circumstances> = {},
): Promise<Inspected> {
  const progress: Progress[] = [];
  const backup = findBackups(files)[0] ?? { root: '', whole: false };
  const found = await inspect(files, backup, options, {
    sqlite: () => loaded,
    onProgress: (one) => progress.push(one),
  });
  return { found, judgment: judge(found, { now, ...circumstances }, facts), progress };
}

/** Every sentence that the readers said, for nobody who is not a programmer may be left puzzled. */
export function saidIn({ index, about }: Found): string[] {
  return [...about.unreadable.map(({ said }) => said), ...('said' in index ? [index.said] : [])];
}

/** One sentence or more: a capital at the start, a full stop at the end, nothing for programmers. */
export const sentence = /^(?!.*(Error\b|\bat \/|undefined|NaN|\[object))[A-Z].*[.?]$/;
