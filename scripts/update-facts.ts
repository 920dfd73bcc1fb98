/**
 * Brings the facts up to date with AppleDB and prints what changed. Review the result with `git diff`.
 *
 *   npm run facts:update -- [--from <address or folder>] [--accept <name>]... [--day <date>] [--timeout <seconds>]
 *
 * `--from` is AppleDB's own address unless it, or FACTS_FROM in the environment, names another or a folder with
 * the same files. `--accept` takes the name of a refusal, as the refusal prints it. `--day` is the day the files
 * are of: today, unless the folder was filled earlier.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { appledbAddress, publishedAt } from './facts/published.ts';
import { updateFacts } from './facts/update.ts';

const here = import.meta.dirname;

try {
  const { from, accepted, day, timeoutSeconds } = readOptions();
  const words = await updateFacts({
    read: publishedAt(from, timeoutSeconds),
    accepted,
    day,
    folders: { facts: join(here, 'facts'), data: join(here, '../src/data') },
  });
  console.log(
    words.length === 0 ? 'Nothing changed.' : words.map((line) => `- ${line}`).join('\n'),
  );
  console.log(`\nThe facts are of ${day} now. Review them with git diff.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** @throws Error with a sentence about an option that cannot be meant */
function readOptions(): { from: string; accepted: string[]; day: string; timeoutSeconds: number } {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      accept: { type: 'string', multiple: true, default: [] },
      day: { type: 'string', default: new Date().toISOString().slice(0, 10) },
      timeout: { type: 'string', default: '60' },
    },
  });
  const timeoutSeconds = Number(values.timeout);
  if (!(timeoutSeconds > 0)) {
    throw new Error(`--timeout takes a number of seconds, not "${values.timeout}".`);
  }
  if (!z.iso.date().safeParse(values.day).success) {
    throw new Error(`--day takes a date such as 2026-11-23, not "${values.day}".`);
  }
  return {
    // Set to nothing is as good as not set.
    from: [values.from, process.env.FACTS_FROM].find(Boolean) ?? appledbAddress,
    accepted: values.accept,
    day: values.day,
    timeoutSeconds,
  };
}
