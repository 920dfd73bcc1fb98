/** Runs commands to their end, and sees to it that the bench's own packages are there. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';

export const project = resolve(import.meta.dirname, '..');
const onWindows = process.platform === 'win32';

export interface Ran {
  /** undefined when it was ended for taking longer than allowed. */
  status: number | undefined;
  said: string;
  /** Every line, and how many seconds after the start it was said. */
  lines: { at: number; text: string }[];
  seconds: number;
  /** The most memory it held at once, in megabytes; undefined where the system does not tell. */
  megabytes: number | undefined;
}

interface HowToRun {
  folder: string;
  /** Folders of programs that come before those of the system. */
  programs?: string[];
  environment?: Record<string, string>;
  mostSeconds?: number;
  /** Show what it says while it runs. */
  aloud?: boolean;
}

/**
 * Runs a command as npm would run a script.
 * @throws Error when it is ended from outside
 */
export async function run(command: string, how: HowToRun): Promise<Ran> {
  const start = performance.now();
  // Without a shell between, the process is the program itself, whose memory can be read.
  const child = spawn(onWindows ? command : `exec ${command}`, {
    cwd: how.folder,
    env: environmentOf(how),
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: Ran['lines'] = [];
  let said = '';
  const hear = (chunk: Buffer): void => {
    const text = String(chunk);
    const at = (performance.now() - start) / 1000;
    said += text;
    lines.push(...text.split('\n').map((line) => ({ at, text: line })));
    if (how.aloud) process.stdout.write(text);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  let megabytes: number | undefined;
  const watch = setInterval(() => (megabytes = peakMemory(child.pid) ?? megabytes), 250);
  const mostSeconds = how.mostSeconds ?? 3600;
  const limit = setTimeout(() => child.kill('SIGKILL'), mostSeconds * 1000);
  const status = await new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    child.on('close', done);
  });
  clearInterval(watch);
  clearTimeout(limit);
  const seconds = (performance.now() - start) / 1000;
  if (status === null && seconds < mostSeconds) {
    throw new Error(
      `Somebody or something, such as a lack of memory, ended “${command}”:\n${said}`,
    );
  }
  return { status: status ?? undefined, said, lines, seconds, megabytes };
}

/** Installs the packages of `bench/package-lock.json`, unless that is what was installed last. */
export async function ensurePackages(): Promise<void> {
  const folder = import.meta.dirname;
  const stamp = join(folder, 'node_modules/.set-up-from');
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing what the bench compares with, from bench/package-lock.json…');
  const ran = await run('npm ci --no-audit --no-fund --loglevel=error', { folder, aloud: true });
  if (ran.status !== 0) {
    throw new Error('npm ci failed in bench/: see above. The bench needs the npm registry once.');
  }
  writeFileSync(stamp, lock);
}

function environmentOf({ programs = [], environment = {} }: HowToRun): NodeJS.ProcessEnv {
  const path = [...programs, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
  return {
    ...process.env,
    ASTRO_TELEMETRY_DISABLED: '1',
    NO_COLOR: '1',
    ...environment,
    PATH: path,
  };
}

function peakMemory(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
