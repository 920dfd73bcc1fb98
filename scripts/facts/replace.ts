/**
 * Puts a whole set of files and folders in the place of another, or leaves all as it was. Everything is
 * written beside its place first, so that what remains is a rename each, which cannot be half done.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** One file or folder to replace. */
export interface Part {
  target: string;
  /** Writes what is to stand at `target` to another path. */
  write: (path: string) => void;
}

/**
 * @param check looks at the written parts, by the order given, before any takes its place; throws to refuse them
 * @param rename another way to rename, for tests of what happens when one fails
 * @throws Error what a write, the check or a rename threw, with everything as it was before
 */
export function replaceAll(
  parts: Part[],
  check: (written: string[]) => void = () => undefined,
  rename: (from: string, to: string) => void = renameSync,
): void {
  assertNothingLeftOver(parts);
  const written = parts.map(({ target }) => beside(target, 'new'));
  const undo: (() => void)[] = [];
  try {
    parts.forEach(({ target, write }, index) => {
      mkdirSync(dirname(target), { recursive: true });
      write(written[index] as string);
    });
    check(written);
    parts.forEach(({ target }, index) => {
      swap(target, written[index] as string, rename, undo);
    });
  } catch (error) {
    for (const step of undo.reverse()) step();
    for (const path of written) rmSync(path, { recursive: true, force: true });
    throw error;
  }
  for (const { target } of parts) rmSync(beside(target, 'old'), { recursive: true, force: true });
}

function swap(
  target: string,
  written: string,
  rename: (from: string, to: string) => void,
  undo: (() => void)[],
): void {
  const old = beside(target, 'old');
  if (existsSync(target)) {
    rename(target, old);
    undo.push(() => {
      renameSync(old, target);
    });
  }
  rename(written, target);
  undo.push(() => {
    rmSync(target, { recursive: true, force: true });
  });
}

/** A run that was killed between two renames leaves the old parts: only a person can tell what is wanted. */
function assertNothingLeftOver(parts: Part[]): void {
  for (const { target } of parts) {
    rmSync(beside(target, 'new'), { recursive: true, force: true });
    const old = beside(target, 'old');
    if (existsSync(old)) {
      throw new Error(
        `${old} is left from a run that was broken off. Bring the facts back with "git checkout -- src/data scripts/facts", delete it, and start again.`,
      );
    }
  }
}

function beside(target: string, state: 'new' | 'old'): string {
  return join(dirname(target), `.${basename(target)}.${state}`);
}
