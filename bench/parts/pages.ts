/** What a first visit to a page loads: requests and bytes, ours and Starlight's. */
import type { Browser, Page } from '@playwright/test';
import type { Part, Row } from '../report.ts';
import type { Asked } from '../server.ts';
import { pageTypes, smallPhone, withBothSites, withBrowser, type Site } from '../sites.ts';
import { median, ratio, spread } from '../statistics.ts';

/** How long nothing more must be asked for until a page counts as loaded. */
const quietMilliseconds = 2000;
/** A service worker takes its time, so as not to be in the way. */
const quietOfWorker = 5000;

interface Load {
  requests: number;
  /** As Chromium received them: compressed bodies and response headers. */
  bytes: number;
  /** The bodies alone, as the server sent them. */
  bodies: number;
  missing: string[];
}

interface Visit {
  first: Load;
  /** What typing into the checker loaded on top. */
  typing?: Load;
}

interface Visited {
  name: string;
  ours: Visit[];
  starlight: Visit[];
}

export const pages: Part = {
  name: 'pages',
  title: 'Bytes and requests of a first visit',
  run: ({ runs = 3 }) =>
    withBothSites((ours, starlight) =>
      withBrowser(async (browser) => {
        const visited: Visited[] = [];
        for (const { name, path } of pageTypes) {
          const page: Visited = { name, ours: [], starlight: [] };
          for (let run = 0; run < runs; run += 1) {
            page.ours.push(await visit(browser, ours, path));
            page.starlight.push(await visit(browser, starlight, path));
          }
          visited.push(page);
        }
        const worker = await fetchedByWorker(browser, ours);
        return {
          tables: [
            { title: 'Nothing touched', rows: visited.map(firstRow) },
            { title: 'The checker, once something is typed', rows: visited.flatMap(typingRows) },
          ],
          notes: [
            `Each page was loaded ${runs} times into a fresh profile; the median is shown.`,
            worker.requests === 0
              ? 'No service worker fetched anything.'
              : `Not in the tables: after a first visit our service worker fetches what is needed without a connection: ${worker.requests} requests, ${worker.bodies} bytes of bodies.`,
            ...visited.flatMap(faultNotes),
          ],
          measured: { visited, worker },
        };
      }),
    ),
};

function firstRow(page: Visited): Row {
  const ours = middle(page.ours.map(({ first }) => first));
  const starlight = middle(page.starlight.map(({ first }) => first));
  return {
    page: page.name,
    'requests, ours': ours.requests,
    Starlight: starlight.requests,
    ratio: ratio(ours.requests, starlight.requests),
    'bytes, ours': ours.bytes,
    'Starlight ': starlight.bytes,
    'ratio ': ratio(ours.bytes, starlight.bytes),
    'our bodies alone': ours.bodies,
  };
}

function typingRows(page: Visited): Row[] {
  const typed = page.ours.flatMap(({ typing }) => (typing ? [typing] : []));
  if (typed.length === 0) return [];
  const before = middle(page.ours.map(({ first }) => first));
  const more = middle(typed);
  const starlight = middle(page.starlight.map(({ first }) => first));
  const row = (when: string, requests: number, bytes: number, bodies: number): Row => ({
    when,
    requests,
    bytes,
    'against the Starlight page': ratio(bytes, starlight.bytes),
    'our bodies alone': bodies,
  });
  return [
    row('before', before.requests, before.bytes, before.bodies),
    row('typing adds', more.requests, more.bytes, more.bodies),
    row(
      'all of it',
      before.requests + more.requests,
      before.bytes + more.bytes,
      before.bodies + more.bodies,
    ),
  ];
}

function faultNotes({ name, ours, starlight }: Visited): string[] {
  const loads = [...ours, ...starlight].map(({ first }) => first);
  const missing = [...new Set(loads.flatMap((load) => load.missing))];
  const differ = [ours, starlight].some((visits) =>
    spread(visits.map(({ first }) => first.bodies)).includes('to'),
  );
  return [
    ...missing.map((path) => `${name}: asked for ${path}, which is not there.`),
    ...(differ ? [`${name}: not every run loaded the same bytes; see bench/results.`] : []),
  ];
}

function middle(loads: Load[]): Omit<Load, 'missing'> {
  return {
    requests: median(loads.map(({ requests }) => requests)),
    bytes: median(loads.map(({ bytes }) => bytes)),
    bodies: median(loads.map(({ bodies }) => bodies)),
  };
}

/** Opens a page as somebody's first ever, on a small phone, and waits until it asks for no more. */
async function visit(browser: Browser, site: Site, path: string): Promise<Visit> {
  // What a service worker fetches for later is not what this page needs.
  const context = await browser.newContext({ ...smallPhone, serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    const takeReceived = await followed(page);
    site.takeLog();
    await page.goto(site.address + path, { waitUntil: 'load' });
    await site.quiet(quietMilliseconds);
    const first = loadOf(takeReceived(), site.takeLog());
    const input = page.getByRole('combobox', { name: 'Which device do you have?' });
    if ((await input.count()) === 0) return { first };
    await input.pressSequentially('6s');
    await page.getByRole('option').first().waitFor();
    await site.quiet(quietMilliseconds);
    return { first, typing: loadOf(takeReceived(), site.takeLog()) };
  } finally {
    await context.close();
  }
}

/** What is asked for on the home page with a service worker, beyond what is asked for without. */
async function fetchedByWorker(browser: Browser, site: Site): Promise<Omit<Load, 'bytes'>> {
  const logs: Asked[][] = [];
  for (const serviceWorkers of ['allow', 'block'] as const) {
    const context = await browser.newContext({ ...smallPhone, serviceWorkers });
    site.takeLog();
    await (await context.newPage()).goto(`${site.address}/`);
    await site.quiet(quietOfWorker);
    logs.push(site.takeLog());
    await context.close();
  }
  const [all, own] = logs.map((log) => loadOf([], log)) as [Load, Load];
  return {
    requests: all.requests - own.requests,
    bodies: all.bodies - own.bodies,
    missing: all.missing,
  };
}

/** @returns what takes the bytes of every response that came over the network since the last call */
async function followed(page: Page): Promise<() => number[]> {
  const session = await page.context().newCDPSession(page);
  let received: number[] = [];
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    received.push(encodedDataLength);
  });
  await session.send('Network.enable');
  return () => {
    const taken = received;
    received = [];
    return taken;
  };
}

function loadOf(received: number[], log: Asked[]): Load {
  return {
    requests: log.length,
    bytes: received.reduce((sum, bytes) => sum + bytes, 0),
    bodies: log.reduce((sum, { bytes }) => sum + bytes, 0),
    missing: log.filter(({ status }) => status === 404).map(({ path }) => path),
  };
}
