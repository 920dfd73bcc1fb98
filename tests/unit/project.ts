import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A copy of the project to build apart from this one; the packages are shared. */
export function copyOfProject(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'project-'));
  for (const part of [
    'src',
    'public',
    'scripts',
    'astro.config.mjs',
    'package.json',
    'tsconfig.json',
  ]) {
    cpSync(part, join(folder, part), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs a program of Node.js in a folder. */
export function runIn(
  folder: string,
  args: string[],
  environment: Record<string, string> = {},
): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...withoutVitest(process.env), ASTRO_TELEMETRY_DISABLED: '1', ...environment },
  });
  return { status, said: stdout + stderr };
}

/** Astro's program, for `runIn`. */
export const astro = resolve('node_modules/astro/bin/astro.mjs');

/** Vitest sets what Vite reads (`BASE_URL` and others); a build must not see that. */
export function withoutVitest(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const set = ['BASE_URL', 'MODE', 'DEV', 'PROD', 'SSR', 'NODE_ENV', 'VITEST', 'TEST'];
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !set.includes(name)));
}
