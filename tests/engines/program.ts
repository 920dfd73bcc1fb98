/** Programs that run beside the tests, each with a folder of its own, and never outlive them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

export interface Program {
  /**
   * Waits until it has said this.
   * @throws when it ends before, with what it said last
   */
  says: (what: RegExp) => Promise<RegExpExecArray>;
  stop: () => Promise<void>;
}

const running = new Set<ChildProcess>();
const folders = new Set<string>();
process.on('exit', () => {
  for (const program of running) kill(program);
  for (const folder of folders) removeFolder(folder);
});

export function startProgram(
  command: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Program {
  const program = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
    // A group of its own, so that a browser's many processes end together.
    detached: process.platform !== 'win32',
  });
  running.add(program);
  let said = '';
  const listeners = new Set<() => void>();
  const notify = (): void => listeners.forEach((listener) => listener());
  for (const stream of program.stdio.slice(1)) {
    (stream as Readable | null)?.on('data', (part: Buffer) => {
      said = (said + part.toString()).slice(-4000);
      notify();
    });
  }
  program.once('error', (error) => {
    said += error.message;
  });
  const ended = new Promise<void>((resolve) => {
    program.once('close', () => {
      running.delete(program);
      notify();
      resolve();
    });
  });
  return {
    says: (what) =>
      new Promise((resolve, reject) => {
        const listen = (): void => {
          const found = what.exec(said);
          if (found) resolve(found);
          else if (!running.has(program)) reject(new Error(`${command} ended. It said: ${said}`));
        };
        listeners.add(listen);
        listen();
      }),
    stop: () => {
      kill(program);
      return ended;
    },
  };
}

/** An empty folder that is gone when the tests are. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  folders.add(folder);
  return folder;
}

/** A browser that was killed may still be writing its last files. */
export function removeFolder(folder: string): void {
  folders.delete(folder);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function kill(program: ChildProcess): void {
  try {
    if (process.platform === 'win32' || program.pid === undefined) program.kill('SIGKILL');
    else process.kill(-program.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
