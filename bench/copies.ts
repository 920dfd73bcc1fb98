/** Projects to build apart from this one, with its packages and none of its caches. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { project, run, type Ran } from './programs.ts';

export interface ProjectCopy {
  folder: string;
  remove: () => void;
}

const notCopied = [
  'node_modules',
  'dist',
  '.git',
  '.astro',
  'bench',
  'test-results',
  'playwright-report',
];

/** A copy of the whole project as it stands, committed or not. */
export function copyOfProject(): ProjectCopy {
  const copy = emptyProject();
  cpSync(project, copy.folder, {
    recursive: true,
    filter: (source) => !notCopied.includes(String(relative(project, source).split(sep)[0])),
  });
  return copy;
}

/** An empty folder in which the site's packages are found. */
export function emptyProject(): ProjectCopy {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(project, 'node_modules'))) {
    // One by one: what starts with a dot are caches, and a cache would be shared.
    if (name.startsWith('.') && name !== '.bin') continue;
    symlinkSync(
      resolve(project, 'node_modules', name),
      join(folder, 'node_modules', name),
      'junction',
    );
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Step {
  command: string;
  ran: Ran;
}

/**
 * Runs what `npm run build` runs, command by command, from nothing: no cache, no earlier output.
 * A later command runs even when an earlier one found fault: ten times the facts are over budget.
 */
export async function buildFromNothing(
  folder: string,
  how: { environment?: Record<string, string>; mostSeconds?: number; only?: RegExp } = {},
): Promise<Step[]> {
  for (const left of ['dist', '.astro', 'node_modules/.astro', 'node_modules/.vite']) {
    rmSync(join(folder, left), { recursive: true, force: true });
  }
  const steps: Step[] = [];
  for (const command of buildCommands(folder)) {
    if (how.only && !how.only.test(command)) continue;
    const programs = [join(folder, 'node_modules/.bin')];
    const ran = await run(command, { folder, programs, ...how });
    steps.push({ command, ran });
    if (ran.status === undefined) break;
  }
  return steps;
}

/** The commands of a project's build script, in order. */
function buildCommands(folder: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  return (scripts.build ?? '').split('&&').map((command) => command.trim());
}

/** Every page a build wrote, and its size in bytes. */
export function builtPages(folder: string): number[] {
  return readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html'))
    .map((file) => readFileSync(join(folder, 'dist', file)).length);
}
