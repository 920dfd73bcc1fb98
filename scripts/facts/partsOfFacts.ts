/** The files of src/data that the import makes, as parts to replace at once. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { checkFacts, describeProblem } from '../../src/data/validate.ts';
import { writeTexts } from './factFiles.ts';
import type { Part } from './replace.ts';

/**
 * @param texts every fact file by its path below src/data
 * @param folder src/data, or a copy of it
 * @returns the parts, and a check of the written ones against the schema
 */
export function partsOfFacts(
  texts: Map<string, string>,
  folder: string,
): { parts: Part[]; check: (written: string[]) => void } {
  const names = ['devices', 'releases', 'about.json'];
  return {
    parts: names.map((name) => ({
      target: join(folder, name),
      write: (path) => {
        writePart(name, path, texts);
      },
    })),
    check: (written) => {
      assertValidTogether(names, written);
    },
  };
}

function writePart(name: string, path: string, texts: Map<string, string>): void {
  const whole = texts.get(name);
  if (whole !== undefined) {
    writeFileSync(path, whole);
    return;
  }
  mkdirSync(path, { recursive: true });
  writeTexts(
    path,
    new Map(
      [...texts]
        .filter(([file]) => file.startsWith(join(name, '/')))
        .map(([file, text]) => [file.slice(name.length + 1), text]),
    ),
  );
}

/** The schema's check wants the files under their own names. */
function assertValidTogether(names: string[], written: string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'facts-check-'));
  try {
    names.forEach((name, index) => {
      cpSync(written[index] as string, join(folder, name), { recursive: true });
    });
    const problems = checkFacts(folder).problems.map((problem) =>
      describeProblem({ ...problem, file: relative(folder, resolve(problem.file)) }),
    );
    if (problems.length > 0) {
      throw new Error(
        `Nothing was written: the facts would not be valid.\n\n${problems.join('\n\n')}\n`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
