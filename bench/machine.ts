/** The machine and the programs that results belong to. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../scripts/browser.mjs';
import { project } from './programs.ts';

export interface Machine {
  day: string;
  processor: string;
  cores: number;
  memoryGB: number;
  system: string;
  /** How many programs wanted a core when the part began: more than none, and figures are noisy. */
  load: number;
  versions: Record<string, string>;
}

export async function describeMachine(): Promise<Machine> {
  const browser = await findBrowser();
  return {
    day: new Date().toISOString().slice(0, 10),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 1e9),
    system: systemName(),
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
    versions: {
      'Node.js': process.version.slice(1),
      Chromium: browser ? versionOfBrowser(browser) : 'none',
      ...versionOf('Astro', 'node_modules/astro'),
      ...versionOf('Starlight', 'bench/node_modules/@astrojs/starlight'),
      ...versionOf('Lighthouse', 'bench/node_modules/lighthouse'),
    },
  };
}

function systemName(): string {
  const named = existsSync('/etc/os-release')
    ? /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
    : undefined;
  return named ?? `${type()} ${release()}`;
}

function versionOfBrowser(program: string): string {
  try {
    const said = execFileSync(program, ['--version'], { encoding: 'utf8', stdio: 'pipe' });
    return /\d+(\.\d+)+/.exec(said)?.[0] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

function versionOf(name: string, folder: string): Record<string, string> {
  const file = join(project, folder, 'package.json');
  if (!existsSync(file)) return {};
  return { [name]: (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version };
}
