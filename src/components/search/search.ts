/**
 * Searches with Pagefind's index, which is loaded when somebody searches and not before. Where it
 * cannot be had (no connection, a browser below the floor), the index of the site on the same page
 * stays.
 */

interface Section {
  title: string;
  url: string;
  excerpt: string;
  /** Where the query's words stand in the section, and how much each counts. */
  weighted_locations: { balanced_score: number }[];
}

interface Found {
  url: string;
  excerpt: string;
  meta: { title?: string };
  sub_results: Section[];
}

interface Pagefind {
  options: (options: { noWorker: boolean }) => Promise<void>;
  init: () => Promise<void>;
  search: (query: string) => Promise<{ results: { data: () => Promise<Found> }[] }>;
}

const page = document.querySelector<HTMLElement>('#search');
const input = document.querySelector<HTMLInputElement>('#search-input');
const list = document.querySelector<HTMLElement>('#search-results');
const said = document.querySelector<HTMLElement>('#search-status');
const mostPages = 10;
const mostSections = 3;
/** Milliseconds without an answer after which a word of patience is due. */
const patience = 400;

let engine: Promise<Pagefind> | undefined;
/** Counts the searches: an answer that a newer one has overtaken is not shown. */
let searches = 0;

if (page && input && list && said) {
  const query = new URLSearchParams(location.search).get('q') ?? '';
  input.value = query.slice(0, 80);
  if (query !== '') void show(input.value);
  else input.focus();
  input.form?.addEventListener('submit', (event) => {
    event.preventDefault();
    history.replaceState(null, '', `?${new URLSearchParams({ q: input.value }).toString()}`);
    void show(input.value);
  });
}

async function show(query: string): Promise<void> {
  if (!page || !list || !said) return;
  searches += 1;
  const thisSearch = searches;
  list.textContent = '';
  if (query.trim() === '') {
    said.textContent = 'Type what you are looking for, such as “error 4013”.';
    return;
  }
  // Said only to whom it takes long: an answer at once need not be announced twice.
  said.textContent = '';
  const slow = setTimeout(() => (said.textContent = 'Searching…'), patience);
  try {
    const { results } = await (await load()).search(query);
    const found = await Promise.all(results.slice(0, mostPages).map((result) => result.data()));
    clearTimeout(slow);
    if (thisSearch !== searches) return;
    for (const one of found) list.append(entry(one, query));
    said.textContent =
      found.length === 0
        ? `Nothing found for “${query}”. Look through the index below.`
        : `${results.length} ${results.length === 1 ? 'page' : 'pages'} found for “${query}”.`;
  } catch {
    clearTimeout(slow);
    said.textContent =
      'Search cannot run here: there is no connection, or this browser is too old for it. The index below has every page.';
  }
}

function load(): Promise<Pagefind> {
  engine ??= import(/* @vite-ignore */ `${page?.dataset.base ?? '/'}pagefind/pagefind.js`).then(
    async (loaded: Pagefind) => {
      // The index is small; and only the page has the engine for where WebAssembly may not run.
      await loaded.options({ noWorker: true });
      await loaded.init();
      return loaded;
    },
  );
  engine.catch(() => {
    engine = undefined;
  });
  return engine;
}

/** A page that was found, with its sections that fit. */
function entry({ url, excerpt, meta, sub_results: sections }: Found, query: string): HTMLElement {
  const item = document.createElement('li');
  item.append(link(url, meta.title ?? url));
  const inside = sections
    .filter((section) => section.url !== url)
    .map((section) => ({ section, score: scoreOf(section, query) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, mostSections)
    .map(({ section }) => section);
  if (inside.length === 0) item.append(marked(excerpt));
  for (const section of inside) {
    const part = document.createElement('div');
    part.className = 'search-section';
    part.append(link(section.url, section.title), marked(section.excerpt));
    item.append(part);
  }
  return item;
}

/** Pagefind lists sections as they stand on the page; a heading that has the words comes first. */
function scoreOf({ title, weighted_locations: locations }: Section, query: string): number {
  const words = query.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const inTitle = words.filter((word) => title.toLowerCase().includes(word)).length;
  const inText = locations.reduce((sum, { balanced_score: score }) => sum + score, 0);
  return inTitle * 1000 + inText;
}

function link(address: string, text: string): HTMLElement {
  const anchor = document.createElement('a');
  anchor.className = 'target';
  anchor.href = address;
  anchor.textContent = text;
  return anchor;
}

/** Pagefind marks with `<mark>` alone; everything else of an excerpt is text. */
function marked(excerpt: string): HTMLElement {
  const paragraph = document.createElement('p');
  excerpt.split(/(<mark>.*?<\/mark>)/).forEach((part) => {
    const inner = /^<mark>(.*)<\/mark>$/.exec(part);
    if (inner) {
      const mark = document.createElement('mark');
      mark.textContent = decoded(inner[1] ?? '');
      paragraph.append(mark);
    } else {
      paragraph.append(decoded(part));
    }
  });
  return paragraph;
}

function decoded(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}
