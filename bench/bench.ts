/**
 * Measures the site against others and against itself with more facts: see docs/performance.md.
 *
 *   npm run bench                        everything, one part after the other
 *   npm run bench -- pages lighthouse    these parts alone
 *   npm run bench -- pages --runs 1      each thing once: to try the bench out
 *   npm run bench -- --document          measures nothing: writes the latest results of all parts
 *                                        into docs/performance.md
 */
import { parseArgs } from 'node:util';
import { describeMachine } from './machine.ts';
import { build } from './parts/build.ts';
import { inspector } from './parts/inspector.ts';
import { keystrokes } from './parts/keystrokes.ts';
import { lighthouse } from './parts/lighthouse.ts';
import { lookup } from './parts/lookup.ts';
import { pages } from './parts/pages.ts';
import { serve } from './parts/serve.ts';
import { ensurePackages } from './programs.ts';
import { printReport, type Part } from './report.ts';
import { saveResult, writeDocument } from './results.ts';

const parts: Part[] = [pages, lighthouse, keystrokes, lookup, inspector, build, serve];

try {
  await main();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { runs: { type: 'string' }, document: { type: 'boolean', default: false } },
  });
  const runs = readRuns(values.runs);
  if (positionals.length > 0 || !values.document) {
    await ensurePackages();
    for (const part of wanted(positionals)) await measure(part, runs);
  }
  if (values.document) {
    const written = await writeDocument(parts.map(({ name }) => name));
    console.log(`Wrote into docs/performance.md: ${written.join(', ') || 'nothing'}.`);
  }
}

async function measure(part: Part, runs: number | undefined): Promise<void> {
  console.log(`\n## ${part.title}`);
  const machine = await describeMachine();
  const start = performance.now();
  const report = await part.run({ runs });
  const minutes = (performance.now() - start) / 60_000;
  printReport(report);
  saveResult(part.name, { machine, minutes, report });
}

function wanted(names: string[]): Part[] {
  const unknown = names.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no part ${unknown.join(', ')}. Choose of: ${parts.map(({ name }) => name).join(', ')}.`,
    );
  }
  return names.length === 0 ? parts : parts.filter(({ name }) => names.includes(name));
}

function readRuns(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const runs = Number(text);
  if (Number.isInteger(runs) && runs > 0) return runs;
  throw new Error(`--runs ${text}: give a whole number from 1.`);
}
