/** What a first visit to a page loads: requests and bytes, ours and Starlight's. */
import type { Browser, CDPSession, Page } from '@playwright/test';
import type { Part, Row } from '../report.ts';
import type { Asked } from '../server.ts';
import { pageTypes, withBothSites, withBrowser, type Site } from '../sites.ts';
import { median, ratio, spread } from '../statistics.ts';

/** How long nothing more must be asked for until a page counts as loaded. */
const quietMilliseconds = 2000;

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
  /** What the service worker fetched by itself. */
  worker: Load;
}

export const pages: Part = {
  name: 'pages',
  title: 'Bytes and requests of a first visit',
  run: ({ runs = 3 }) =>
    withBothSites((ours, starlight) =>
      withBrowser(async (browser) => {
        const measured: { name: string; ours: Visit[]; starlight: Visit[] }[] = [];
        for (const { name, path } of pageTypes) {
          const visits = { name, ours: [] as Visit[], starlight: [] as Visit[] };
          for (let run = 0; run < runs; run += 1) {
            visits.ours.push(await visit(browser, ours, path));
            visits.starlight.push(await visit(browser, starlight, path));
          }
          measured.push(visits);
        }
        return {
          tables: [
            { title: 'Cold cache, nothing touched', rows: measured.flatMap(firstRows) },
            {
              title: 'The checker, once something is typed',
              rows: measured.flatMap(typingRows),
            },
            { title: 'Fetched by the service worker afterwards', rows: measured.map(workerRow) },
          ],
          notes: [
            `Each page was loaded ${runs} times into a fresh profile; the median is shown.`,
            ...measured.flatMap(({ name, ours: own, starlight: other }) =>
              [...own, ...other].flatMap(({ first }) =>
                first.missing.map((path) => `${name}: asked for ${path}, which is not there.`),
              ),
            ),
            ...(measured.some(({ ours: own, starlight: other }) => disagree(own) || disagree(other))
              ? ['Not every run loaded the same bytes; see bench/results.']
              : []),
          ],
          measured,
        };
      }),
    ),
};

function firstRows(page: { name: string; ours: Visit[]; starlight: Visit[] }): Row[] {
  const ours = middle(page.ours.map(({ first }) => first));
  const starlight = middle(page.starlight.map(({ first }) => first));
  return [
    {
      page: page.name,
      'requests, ours': ours.requests,
      Starlight: starlight.requests,
      ratio: ratio(ours.requests, starlight.requests),
      'bytes, ours': ours.bytes,
      'Starlight ': starlight.bytes,
      'ratio ': ratio(ours.bytes, starlight.bytes),
      'our bodies alone': ours.bodies,
    },
  ];
}

function typingRows(page: { ours: Visit[]; starlight: Visit[] }): Row[] {
  const typed = page.ours.flatMap(({ typing }) => (typing ? [typing] : []));
  if (typed.length === 0) return [];
  const before = middle(page.ours.map(({ first }) => first));
  const more = middle(typed);
  const starlight = middle(page.starlight.map(({ first }) => first));
  return [
    {
      when: 'before',
      requests: before.requests,
      bytes: before.bytes,
      'our bodies alone': before.bodies,
    },
    {
      when: 'typing adds',
      requests: more.requests,
      bytes: more.bytes,
      'our bodies alone': more.bodies,
    },
    {
      when: 'all of it',
      requests: before.requests + more.requests,
      bytes: before.bytes + more.bytes,
      'our bodies alone': before.bodies + more.bodies,
      'against the Starlight page': ratio(before.bytes + more.bytes, starlight.bytes),
    },
  ];
}

function workerRow(page: { name: string; ours: Visit[]; starlight: Visit[] }): Row {
  const ours = middle(page.ours.map(({ worker }) => worker));
  return { page: page.name, 'requests, ours': ours.requests, 'bytes, ours': ours.bodies };
}

function middle(loads: Load[]): Load {
  return {
    requests: median(loads.map(({ requests }) => requests)),
    bytes: median(loads.map(({ bytes }) => bytes)),
    bodies: median(loads.map(({ bodies }) => bodies)),
    missing: [],
  };
}

function disagree(visits: Visit[]): boolean {
  return spread(visits.map(({ first }) => first.bodies)).includes('to');
}

/** Opens a page as somebody's first ever, on a small phone, and waits until it asks for no more. */
async function visit(browser: Browser, site: Site, path: string): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 375, height: 667 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  });
  try {
    const page = await context.newPage();
    const network = await followed(page);
    site.takeLog();
    await page.goto(site.address + path, { waitUntil: 'load' });
    await network.quiet();
    const log = site.takeLog();
    const first = loadOf(network.take(), log);
    const worker = log.filter(({ byServiceWorker }) => byServiceWorker);
    const input = page.getByRole('combobox', { name: 'Which device do you have?' });
    const hasChecker = (await input.count()) > 0;
    if (hasChecker) {
      await input.pressSequentially('6s');
      await page.getByRole('option').first().waitFor();
      await network.quiet();
    }
    const logOfTyping = site.takeLog();
    return {
      first,
      ...(hasChecker ? { typing: loadOf(network.take(), logOfTyping) } : {}),
      worker: loadOf([], worker, () => true),
    };
  } finally {
    await context.close();
  }
}

interface Received {
  path: string;
  bytes: number;
}

/** Writes down what a page itself receives over the network. */
async function followed(
  page: Page,
): Promise<{ quiet: () => Promise<void>; take: () => Received[] }> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const paths = new Map<string, string>();
  let received: Received[] = [];
  let last = performance.now();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    last = performance.now();
    paths.set(requestId, new URL(request.url).pathname);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    last = performance.now();
    // What a service worker answered, or a data: address, came over no network.
    if (encodedDataLength > 0)
      received.push({ path: paths.get(requestId) ?? '', bytes: encodedDataLength });
  });
  await session.send('Network.enable');
  return {
    quiet: async () => {
      while (performance.now() - last < quietMilliseconds) {
        await new Promise((done) => setTimeout(done, 100));
      }
    },
    take: () => {
      const taken = received;
      received = [];
      return taken;
    },
  };
}

function loadOf(
  received: Received[],
  log: Asked[],
  counts: (asked: Asked) => boolean = ({ byServiceWorker }) => !byServiceWorker,
): Load {
  const counted = log.filter(counts);
  return {
    requests: counted.length,
    bytes: received.reduce((sum, { bytes }) => sum + bytes, 0),
    bodies: counted.reduce((sum, { bytes }) => sum + bytes, 0),
    missing: counted.filter(({ status }) => status === 404).map(({ path }) => path),
  };
}
