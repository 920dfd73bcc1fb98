/**
 * Starts the servers that `deploy/` configures, on this machine and with those very files: only the
 * port, the folders and what a machine lacks are changed.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { servedFolder } from './serverFiles.ts';

export interface Server {
  /** With the port, without a slash at the end. */
  origin: string;
  /** What the server has complained about so far. */
  complaints: () => string;
  stop: () => Promise<void>;
}

interface Site {
  /** The built site. */
  folder: string;
  /** The path it was built for, with a slash at both ends. */
  base: string;
  /** The server's configuration for that path, as `deploy/` has it. */
  configuration: string;
}

/** Debian keeps servers where the search path of most users does not lead. */
const searchPath = { PATH: `${process.env.PATH ?? ''}:/usr/sbin` };
const brotliModule = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';
/** Neither the tests' nor the preview's. */
const firstPort = 4700;

export function hasNginx(): boolean {
  return runs('nginx', '-v');
}

export function hasNginxBrotli(): boolean {
  return existsSync(brotliModule);
}

export function hasCaddy(): boolean {
  return runs('caddy', 'version');
}

function runs(program: string, argument: string): boolean {
  return spawnSync(program, [argument], { env: { ...process.env, ...searchPath } }).status === 0;
}

/** @throws Error with what nginx said, where it does not start */
export async function startNginx({ folder, base, configuration }: Site): Promise<Server> {
  const own = mkdtempSync(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  const included = join(own, 'backup-first.conf');
  writeFileSync(
    included,
    withoutMissing(configuration)
      .replace('listen 80;', `listen 127.0.0.1:${port};`)
      .replace(`root ${servedFolder};`, `root ${placed(own, folder, base)};`),
  );
  writeFileSync(
    join(own, 'nginx.conf'),
    withoutMissing(readFileSync('deploy/nginx/nginx.conf', 'utf8'))
      .replaceAll('/tmp/', `${own}/`)
      .replace('/etc/nginx/backup-first.conf', included),
  );
  // Started by root, its workers would be nobody, who may not read where a developer builds.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const config = join(own, 'nginx.conf');
  return started(own, port, 'nginx', [
    '-p',
    own,
    '-e',
    'stderr',
    '-c',
    config,
    '-g',
    `daemon off;${user}`,
  ]);
}

/** @throws Error with what Caddy said, where it does not start */
export async function startCaddy({ folder, base, configuration }: Site): Promise<Server> {
  const own = mkdtempSync(join(tmpdir(), 'caddy-'));
  const port = await freePort();
  const config = join(own, 'Caddyfile');
  writeFileSync(
    config,
    // Its administration would listen on a port that another Caddy of this machine may have.
    `{\n\tadmin off\n\tauto_https off\n\tdefault_bind 127.0.0.1\n}\n${configuration.replace(servedFolder, placed(own, folder, base))}`,
  );
  return started(own, port, 'caddy', ['run', '--config', config, '--adapter', 'caddyfile'], {
    SITE_ADDRESS: `http://:${port}`,
    XDG_DATA_HOME: own,
    XDG_CONFIG_HOME: own,
  });
}

/** A folder to serve in which the site lies where it will be published. */
function placed(own: string, folder: string, base: string): string {
  if (base === '/') return resolve(folder);
  const served = join(own, 'served');
  const place = join(served, base);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(resolve(folder), place.replace(/\/$/, ''));
  return served;
}

/** Without Debian's Brotli module nginx would not start; it can do all the rest. */
function withoutMissing(configuration: string): string {
  if (hasNginxBrotli()) return configuration;
  return configuration.replace(/^load_module .*$/m, '').replace(/^ *brotli_static on;$/m, '');
}

async function started(
  own: string,
  port: number,
  program: string,
  args: string[],
  environment: Record<string, string> = {},
): Promise<Server> {
  const server = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...searchPath, ...environment },
  });
  let said = '';
  server.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const origin = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    server.kill();
    await ended;
    rmSync(own, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 100 && server.exitCode === null; attempt += 1) {
    if (await answers(origin)) return { origin, complaints: () => said, stop };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await stop();
  throw new Error(`${program} does not start with the configuration in deploy/:\n${said}`);
}

async function answers(origin: string): Promise<boolean> {
  try {
    await fetch(origin, { method: 'HEAD', redirect: 'manual' });
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  for (let port = firstPort; port < firstPort + 100; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new Error(
    `No port between ${firstPort} and ${firstPort + 99} is free: stop a server there.`,
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
