/** Lighthouse's scores on an emulated phone, ours and Starlight's. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { project } from '../programs.ts';
import type { Part, Row } from '../report.ts';
import { ports } from '../server.ts';
import { pageTypes, withBothSites, withBrowser } from '../sites.ts';
import { median, medianAndSpread, ratio } from '../statistics.ts';

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
type Category = (typeof categories)[number];

/** What we read of Lighthouse's result; its packages are installed apart from the site's. */
interface Result {
  lhr: {
    lighthouseVersion: string;
    categories: Record<
      Category,
      { score: number | null; auditRefs: { id: string; weight: number }[] }
    >;
    audits: Record<string, { score: number | null; title: string; numericValue?: number }>;
    runtimeError?: { message: string };
  };
}
type Lighthouse = (address: string, flags: Record<string, unknown>) => Promise<Result | undefined>;

interface Audit {
  scores: Record<Category, number>;
  /** Milliseconds; the shift has no unit. */
  firstPaint: number;
  largestPaint: number;
  blocked: number;
  shift: number;
  /** What cost points. */
  faults: string[];
}

interface Audited {
  name: string;
  ours: Audit[];
  starlight: Audit[];
}

export const lighthouse: Part = {
  name: 'lighthouse',
  title: 'Lighthouse, phone emulated',
  run: ({ runs = 5 }) =>
    withBothSites(async (ours, starlight) => {
      const measure = await loaded();
      const measured: Audited[] = [];
      await withBrowser(async () => {
        for (const { name, path } of pageTypes) {
          const page: Audited = { name, ours: [], starlight: [] };
          for (let run = 0; run < runs; run += 1) {
            page.ours.push(await audit(measure, ours.address + path));
            page.starlight.push(await audit(measure, starlight.address + path));
          }
          console.log(`${name}: measured ${runs} times`);
          measured.push(page);
        }
      }, [`--remote-debugging-port=${ports.debugging}`]);
      return {
        tables: [
          {
            title:
              'Scores of 100, ours / Starlight: performance, accessibility, best practices, SEO',
            rows: measured.map(scoreRow),
          },
          { title: 'What the performance score is made of', rows: measured.map(timeRow) },
        ],
        notes: [
          `Median of ${runs} runs a page, ours and Starlight's by turns; where runs differed, from lowest to highest in brackets.`,
          ...faultNotes(measured),
        ],
        measured,
      };
    }),
};

function scoreRow({ name, ours, starlight }: Audited): Row {
  const shown = (category: Category): string =>
    `${scoreOf(ours, category)} / ${scoreOf(starlight, category)}`;
  return {
    page: name,
    performance: shown('performance'),
    accessibility: shown('accessibility'),
    'best practices': shown('best-practices'),
    SEO: shown('seo'),
  };
}

function scoreOf(audits: Audit[], category: Category): string {
  return medianAndSpread(
    audits.map((it) => it.scores[category]),
    0,
  );
}

function timeRow({ name, ours, starlight }: Audited): Row {
  const of = (audits: Audit[], field: 'firstPaint' | 'largestPaint' | 'blocked'): number =>
    Math.round(median(audits.map((it) => it[field])));
  return {
    page: name,
    'first paint, ours ms': of(ours, 'firstPaint'),
    'Starlight ms': of(starlight, 'firstPaint'),
    ratio: ratio(of(ours, 'firstPaint'), of(starlight, 'firstPaint')),
    'largest paint, ours ms': of(ours, 'largestPaint'),
    'Starlight ms ': of(starlight, 'largestPaint'),
    'ratio ': ratio(of(ours, 'largestPaint'), of(starlight, 'largestPaint')),
    'blocked, ours / Starlight ms': `${of(ours, 'blocked')} / ${of(starlight, 'blocked')}`,
    'shift, ours / Starlight': `${median(ours.map((it) => it.shift)).toFixed(3)} / ${median(starlight.map((it) => it.shift)).toFixed(3)}`,
  };
}

function faultNotes(measured: Audited[]): string[] {
  return measured.flatMap(({ name, ours, starlight }) =>
    [
      { whose: 'ours', audits: ours },
      { whose: 'Starlight', audits: starlight },
    ].flatMap(({ whose, audits }) => {
      const faults = [...new Set(audits.flatMap((it) => it.faults))];
      return faults.length > 0 ? [`${name}, ${whose}: points lost for ${faults.join('; ')}.`] : [];
    }),
  );
}

async function loaded(): Promise<Lighthouse> {
  const require = createRequire(join(project, 'bench/package.json'));
  const module = (await import(pathToFileURL(require.resolve('lighthouse')).href)) as {
    default: Lighthouse;
  };
  return module.default;
}

async function audit(measure: Lighthouse, address: string): Promise<Audit> {
  const result = await measure(address, {
    port: ports.debugging,
    output: 'json',
    logLevel: 'error',
    onlyCategories: categories,
  });
  if (!result || result.lhr.runtimeError) {
    throw new Error(`Lighthouse failed on ${address}: ${result?.lhr.runtimeError?.message ?? ''}`);
  }
  const { audits, categories: found } = result.lhr;
  const value = (id: string): number => audits[id]?.numericValue ?? Number.NaN;
  const scores = Object.fromEntries(
    categories.map((category) => [category, Math.round((found[category].score ?? 0) * 100)]),
  ) as Record<Category, number>;
  const faults = categories
    .filter((category) => scores[category] < 100)
    .flatMap((category) => found[category].auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
    .map(({ id }) => audits[id]?.title ?? id);
  return {
    scores,
    firstPaint: value('first-contentful-paint'),
    largestPaint: value('largest-contentful-paint'),
    blocked: value('total-blocking-time'),
    shift: value('cumulative-layout-shift'),
    faults,
  };
}
