/** How long a build takes a page with more devices, against a bare Astro project of as many pages. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildFromNothing, builtPages, copyOfProject, emptyProject, type Step } from '../copies.ts';
import { multiplyDevices } from '../moreDevices.ts';
import type { Part, Report, Row } from '../report.ts';
import { median, medianAndSpread, ratio } from '../statistics.ts';

/** A single build that takes longer is ended, and said to have been. */
const mostSeconds = 20 * 60;

interface Built {
  seconds: number;
  megabytes: number | undefined;
  overTime: boolean;
  stages: Record<string, number>;
}

interface Measured {
  times: number;
  devices: number;
  pages: number;
  averageBytes: number;
  ours: Built[];
  bare: Built[];
  /** The commands of the build script after Astro's own, from one run. */
  after: { command: string; seconds: number; passed: boolean }[];
}

export const build: Part = {
  name: 'build',
  title: 'Build time with more devices',
  run: async ({ runs }) => {
    const measured: Measured[] = [];
    for (const times of [1, 10, 100]) {
      measured.push(await measure(times, runs ?? (times === 100 ? 3 : 5)));
    }
    return reportOf(measured);
  },
};

async function measure(times: number, runs: number): Promise<Measured> {
  const ours = copyOfProject();
  const bare = emptyProject();
  try {
    const devices = multiplyDevices(ours.folder, times);
    const [first, ...after] = await buildFromNothing(ours.folder, { mostSeconds });
    const sizes = first?.ran.status === undefined ? [] : builtPages(ours.folder);
    const averageBytes = Math.round(sizes.reduce((sum, bytes) => sum + bytes, 0) / sizes.length);
    const result: Measured = {
      times,
      devices,
      pages: sizes.length,
      averageBytes,
      ours: [],
      bare: [],
      after: after.map(({ command, ran }) => ({
        command,
        seconds: ran.seconds,
        passed: ran.status === 0,
      })),
    };
    if (sizes.length === 0) return { ...result, ours: [builtOf(first)] };
    writeBareProject(bare.folder, sizes.length, averageBytes);
    for (let run = 0; run < runs; run += 1) {
      result.ours.push(await buildOnce(ours.folder));
      result.bare.push(await buildOnce(bare.folder));
      console.log(`${times}x: built ${run + 1} of ${runs} times`);
    }
    return result;
  } finally {
    ours.remove();
    bare.remove();
  }
}

async function buildOnce(folder: string): Promise<Built> {
  const [step] = await buildFromNothing(folder, { mostSeconds, only: /^astro / });
  if (step?.ran.status) throw new Error(`A build failed:\n${step.ran.said}`);
  return builtOf(step);
}

function builtOf(step: Step | undefined): Built {
  if (!step) throw new Error('The build script no longer starts with astro build.');
  const { seconds, megabytes, status } = step.ran;
  return { seconds, megabytes, overTime: status === undefined, stages: stagesOf(step) };
}

/** Where Astro's time goes, told from what it says while it builds. */
function stagesOf({ ran }: Step): Record<string, number> {
  const at = (text: RegExp): number | undefined =>
    ran.lines.filter((line) => text.test(line.text)).map((line) => line.at)[0];
  const marks = [
    { stage: 'start, facts checked, guides read', from: 0 },
    { stage: 'bundling', from: at(/Building static entrypoints/) },
    { stage: 'pages made', from: at(/generating static routes/) },
    { stage: 'the rest', from: at(/page\(s\) built in/) },
  ];
  const stages = marks.map(({ stage, from }, index): [string, number] => {
    const to = marks[index + 1]?.from ?? ran.seconds;
    return [stage, from === undefined ? Number.NaN : to - from];
  });
  return { ...Object.fromEntries(stages), 'pictures, of the pages made': pictureSeconds(ran.said) };
}

/** Astro says after every file how long it took: "/cards/site.png (+120ms)". */
function pictureSeconds(said: string): number {
  return [...said.matchAll(/\.png\s+\(\+([\d.]+)(ms|s)\)/g)]
    .map(([, number, unit]) => Number(number) / (unit === 'ms' ? 1000 : 1))
    .reduce((sum, seconds) => sum + seconds, 0);
}

/** As little as Astro can be given: one template, one list of pages, and text of the same size. */
function writeBareProject(folder: string, pages: number, bytes: number): void {
  write(
    join(folder, 'package.json'),
    JSON.stringify({ type: 'module', scripts: { build: 'astro build' } }),
  );
  write(join(folder, 'astro.config.mjs'), 'export default {};\n');
  write(
    join(folder, 'src/layouts/Page.astro'),
    `---
const { title } = Astro.props;
---
<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>{title}</title></head>
  <body><h1>{title}</h1><slot /></body>
</html>
`,
  );
  write(
    join(folder, 'src/pages/[page].astro'),
    `---
import Page from '../layouts/Page.astro';

export function getStaticPaths() {
  return Array.from({ length: ${pages} }, (_, index) => ({ params: { page: \`page-\${index + 1}\` } }));
}
const sentence = 'Every page of this project says one thing again and again. ';
const paragraphs = Array.from({ length: ${Math.max(1, Math.round(bytes / 125))} }, () => sentence + sentence);
---
<Page title={\`This is \${Astro.params.page}\`}>
  {paragraphs.map((paragraph) => <p>{paragraph}</p>)}
</Page>
`,
  );
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function reportOf(measured: Measured[]): Report {
  const base = measured[0];
  return {
    tables: [
      {
        title:
          '`astro build` from nothing, ours and a bare project of as many pages of the same average size',
        rows: measured.map((one) => comparisonRow(one, base)),
      },
      { title: 'Where our time goes, seconds', rows: measured.map(stageRow) },
    ],
    notes: [
      'Median of several builds, ours and the bare one by turns, no cache; in brackets the fastest and the slowest.',
      ...measured.flatMap(({ times, after }) =>
        after
          .filter(({ passed }) => !passed)
          .map(
            ({ command }) =>
              `${times}x: \`${command}\` found fault, as it should: so many facts are over the budgets of bytes.`,
          ),
      ),
      ...measured
        .filter(({ ours }) => ours.some(({ overTime }) => overTime))
        .map(({ times }) => `${times}x: ended after ${mostSeconds} seconds without a result.`),
    ],
    measured,
  };
}

function comparisonRow(one: Measured, base: Measured | undefined): Row {
  const ours = one.ours.map(({ seconds }) => seconds);
  const bare = one.bare.map(({ seconds }) => seconds);
  const perPage = (seconds: number[]): number => (median(seconds) / one.pages) * 1000;
  const memory = one.ours.map(({ megabytes }) => megabytes ?? Number.NaN);
  return {
    devices: `${one.times}x: ${one.devices}`,
    pages: one.pages,
    'kB a page': Math.round(one.averageBytes / 1000),
    'ours s': medianAndSpread(ours),
    'bare s': medianAndSpread(bare),
    'ours ms a page': Math.round(perPage(ours)),
    'bare ms a page': Math.round(perPage(bare)),
    ratio: ratio(perPage(ours), perPage(bare)),
    'ours against 1x': ratio(median(ours), median(base?.ours.map(({ seconds }) => seconds) ?? [])),
    'most memory, MB': Math.round(median(memory)),
  };
}

function stageRow({ times, ours, after }: Measured): Row {
  const stages = Object.keys(ours[0]?.stages ?? {});
  return {
    devices: `${times}x`,
    ...Object.fromEntries(
      stages.map((stage) => [stage, median(ours.map((it) => it.stages[stage] ?? 0)).toFixed(1)]),
    ),
    ...Object.fromEntries(after.map(({ command, seconds }) => [command, seconds.toFixed(1)])),
  };
}
