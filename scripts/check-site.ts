/**
 * Looks at the built site as a whole: links and anchors that point at nothing, headings that skip,
 * ids used twice, markup that the HTML standard calls an error, and pages over their budget. Ends
 * the build when it finds one.
 *
 *   node scripts/check-site.ts [folder]
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { parse, type HTMLElement } from 'node-html-parser';
import { parse as parseStrictly } from 'parse5';

const folder = process.argv[2] ?? 'dist';
const base = (process.env.BASE_PATH ?? '/').replace(/\/?$/, '/');

/** Most bytes a page may weigh with all it loads, Brotli: DESIGN's budgets. */
const budgets = [
  { name: 'guide', pattern: /^guides\/.+/, most: 14_000 },
  { name: 'checker, with script and data', pattern: /^check\//, most: 45_000 },
  { name: 'inspector, before a check starts', pattern: /^verify\//, most: 45_000 },
  { name: 'widget, in a frame or shown', pattern: /^(embed|widget)\//, most: 30_000 },
  { name: 'estimate, with script and data', pattern: /^plan\//, most: 24_000 },
  { name: 'other page', pattern: /./, most: 14_000 },
];

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.html'),
);
const pages = new Map(files.map((file) => [file, parse(readFileSync(join(folder, file), 'utf8'))]));
const problems = [...pages].flatMap(([file, page]) => [
  ...brokenLinks(file, page),
  ...badHeadings(file, page),
  ...repeatedIds(file, page),
  ...malformed(file),
]);

const weights = files.map((file) => {
  const budget = budgets.find(({ pattern }) => pattern.test(file)) ?? { name: '', most: 0 };
  return { file, ...budget, bytes: weightOf(file) };
});
for (const { file, name, bytes, most } of weights) {
  if (bytes > most) problems.push(`${file}: weighs ${bytes} bytes, over the ${most} of a ${name}`);
}
console.table(
  budgets.map(({ name, most }) => {
    const own = weights.filter((weight) => weight.name === name).sort((a, b) => b.bytes - a.bytes);
    return {
      page: name,
      pages: own.length,
      'heaviest (Brotli bytes)': own[0]?.bytes ?? 0,
      budget: most,
      which: own[0]?.file ?? '',
    };
  }),
);
if (problems.length > 0) {
  console.error(`The built site has ${problems.length} problems:\n${problems.join('\n')}`);
  process.exitCode = 1;
}

function brokenLinks(file: string, page: HTMLElement): string[] {
  return page.querySelectorAll('a[href], link[rel=icon], script[src]').flatMap((element) => {
    const address = element.getAttribute('href') ?? element.getAttribute('src') ?? '';
    const target = new URL(address, `http://site${base}${file.replace(/index\.html$/, '')}`);
    if (target.host !== 'site') return [];
    if (!target.pathname.startsWith(base)) return [`${file}: ${address} leaves the site's path`];
    const path = decodeURIComponent(target.pathname.slice(base.length));
    const found = path === '' || path.endsWith('/') ? `${path}index.html` : path;
    if (!existsSync(join(folder, found)) || statSync(join(folder, found)).isDirectory()) {
      return [`${file}: ${address} points at nothing`];
    }
    const anchor = decodeURIComponent(target.hash.slice(1));
    return anchor === '' || pages.get(found)?.getElementById(anchor)
      ? []
      : [`${file}: ${address} points at a heading that is not there`];
  });
}

function badHeadings(file: string, page: HTMLElement): string[] {
  const levels = page
    .querySelectorAll('h1, h2, h3, h4, h5, h6')
    .map((heading) => Number(heading.tagName.slice(1)));
  const skips = levels.some((level, index) => level > (levels[index - 1] ?? 0) + 1);
  return [
    ...(levels.filter((level) => level === 1).length === 1 ? [] : [`${file}: not exactly one h1`]),
    ...(skips ? [`${file}: headings skip a level (${levels.join(' ')})`] : []),
  ];
}

function repeatedIds(file: string, page: HTMLElement): string[] {
  const ids = page.querySelectorAll('[id]').map((element) => element.id);
  return ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => `${file}: the id "${id}" is used twice`);
}

/** What the parser of the HTML standard reports. */
function malformed(file: string): string[] {
  const errors: string[] = [];
  parseStrictly(readFileSync(join(folder, file), 'utf8'), {
    onParseError: ({ code, startLine, startCol }) => {
      errors.push(`${file}: ${code} at line ${startLine}, column ${startCol}`);
    },
  });
  return errors;
}

/** The page, its styles, its scripts and all they import: what a visitor who uses it all loads. */
function weightOf(file: string): number {
  const page = pages.get(file);
  const scripts = new Set<string>();
  const follow = (script: string): void => {
    if (scripts.has(script)) return;
    scripts.add(script);
    const source = readFileSync(join(folder, script), 'utf8');
    for (const [, imported] of source.matchAll(
      /(?:from|import)\s*\(?["'`](\.\/[^"'`]+\.js)["'`]/g,
    )) {
      follow(join(dirname(script), imported ?? ''));
    }
  };
  const own = (address: string): string => relative(base, address);
  page?.querySelectorAll('script[src]').forEach((script) => {
    follow(own(script.getAttribute('src') ?? ''));
  });
  const styles =
    page
      ?.querySelectorAll('link[rel=stylesheet]')
      .map((link) => own(link.getAttribute('href') ?? '')) ?? [];
  return [file, ...styles, ...scripts]
    .map((part) => brotliCompressSync(readFileSync(join(folder, part))).length)
    .reduce((sum, bytes) => sum + bytes, 0);
}
