/** From a key pressed in the checker to its results, in the page, on slowed-down processors. */
import type { Browser, CDPSession, Page } from '@playwright/test';
import { queries } from '../queries.ts';
import type { Part, Row } from '../report.ts';
import { smallPhone, withBrowser, withOurSite } from '../sites.ts';
import { quantile, ratio } from '../statistics.ts';

const slowDowns = [1, 4, 6];

/**
 * Somebody quick types before the list is drawn to its end; for somebody slow it is drawn after
 * every key, and the next key has to take it away again.
 */
const rhythms = [
  { name: 'quick, a key every 80 ms', pause: 80 },
  { name: 'slow, a key every 250 ms', pause: 250 },
];

/** DESIGN's budget for the 95th percentile. */
const budgetMilliseconds = 4;

interface Keystroke {
  /** What the input holds after it. */
  text: string;
  /** From the input event to the list in the document, in milliseconds. */
  updated: number;
  /** From the input event until the frame that shows it was made, the wait for that frame included. */
  shown: number;
}

interface Typed {
  slowDown: number;
  rhythm: string;
  /** One list a fresh page. */
  pages: Keystroke[][];
}

export const keystrokes: Part = {
  name: 'keystrokes',
  title: 'Keystroke to results in the page',
  run: ({ runs = 6 }) =>
    withOurSite((ours) =>
      withBrowser(async (browser) => {
        const measured: Typed[] = slowDowns.flatMap((slowDown) =>
          rhythms.map(({ name }) => ({ slowDown, rhythm: name, pages: [] })),
        );
        for (let run = 0; run < runs; run += 1) {
          for (const typed of measured) {
            const pause = rhythms.filter(({ name }) => name === typed.rhythm)[0]?.pause ?? 0;
            const address = `${ours.address}/check/`;
            typed.pages.push(await typeInto(browser, address, typed.slowDown, pause));
          }
          console.log(`typed everything ${run + 1} of ${runs} times`);
        }
        return {
          tables: [
            {
              title: 'Input event to the list in the document, milliseconds',
              rows: measured.map((typed) => row(typed, measured, 'updated')),
            },
            {
              title: 'Input event to the frame that shows it, milliseconds',
              rows: measured.map((typed) => row(typed, measured, 'shown')),
            },
          ],
          notes: [
            `${queries.length} queries typed key by key into ${runs} fresh pages a row, so that code is compiled anew in each.`,
            `The budget is ${budgetMilliseconds} ms at 6x for the 95th percentile of the first table; the second includes the wait for the next frame, up to 16.7 ms.`,
            ...slowest(measured),
          ],
          measured,
        };
      }),
    ),
};

function row(typed: Typed, all: Typed[], field: 'updated' | 'shown'): Row {
  const values = typed.pages.flat().map((keystroke) => keystroke[field]);
  const base = all.filter(({ slowDown, rhythm }) => slowDown === 1 && rhythm === typed.rhythm)[0];
  const ofBase = base?.pages.flat().map((keystroke) => keystroke[field]) ?? [];
  const p95s = typed.pages.map((page) =>
    quantile(
      page.map((keystroke) => keystroke[field]),
      0.95,
    ),
  );
  return {
    processor: `${typed.slowDown}x slower`,
    typing: typed.rhythm,
    keystrokes: values.length,
    p50: quantile(values, 0.5).toFixed(2),
    p95: quantile(values, 0.95).toFixed(2),
    'p95 of single pages': `${Math.min(...p95s).toFixed(2)} to ${Math.max(...p95s).toFixed(2)}`,
    'p95 against 1x': ratio(quantile(values, 0.95), quantile(ofBase, 0.95)),
    ...(field === 'updated'
      ? { 'p95 against the budget': ratio(quantile(values, 0.95), budgetMilliseconds) }
      : {}),
  };
}

/** Which states of the input cost most at the slowest. */
function slowest(measured: Typed[]): string[] {
  const most = Math.max(...slowDowns);
  const byText = new Map<string, number[]>();
  for (const { pages } of measured.filter(({ slowDown }) => slowDown === most)) {
    for (const { text, updated } of pages.flat()) {
      byText.set(text, [...(byText.get(text) ?? []), updated]);
    }
  }
  const top = [...byText]
    .map(([text, values]) => ({ text, p50: quantile(values, 0.5) }))
    .sort((a, b) => b.p50 - a.p50)
    .slice(0, 5);
  const said = top.map(({ text, p50 }) => `“${text}” ${p50.toFixed(1)} ms`).join(', ');
  return [`Slowest at ${most}x, median: ${said}.`];
}

async function typeInto(
  browser: Browser,
  address: string,
  slowDown: number,
  pause: number,
): Promise<Keystroke[]> {
  // Whatever a service worker does in the background would take part of the processor.
  const context = await browser.newContext({ ...smallPhone, serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    await page.goto(address);
    const input = page.getByRole('combobox', { name: 'Which device do you have?' });
    await input.focus();
    // The facts come once; what they take is the network's affair and counted elsewhere.
    await page.waitForLoadState('networkidle');
    await page.evaluate(watchKeystrokes);
    const session: CDPSession = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
    for (const query of queries) await typeQuery(page, query, pause);
    return await page.evaluate(() => (window as unknown as Watched).keystrokesSeen);
  } finally {
    await context.close();
  }
}

async function typeQuery(page: Page, query: string, pause: number): Promise<void> {
  for (const key of query) {
    await page.keyboard.press(key);
    await new Promise((done) => setTimeout(done, pause));
  }
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  // Longer than any timer of the page, so that the next query starts afresh.
  await new Promise((done) => setTimeout(done, 700));
}

interface Watched {
  keystrokesSeen: Keystroke[];
}

/** Runs in the page. */
function watchKeystrokes(): void {
  const seen: Keystroke[] = [];
  (window as unknown as Watched).keystrokesSeen = seen;
  let start = 0;
  let updated = 0;
  const checker = document.querySelector('.checker');
  if (!checker) throw new Error('The page has no checker to type into.');
  // Called once the document has changed, and before anything else of the page runs.
  new MutationObserver(() => {
    updated = performance.now();
  }).observe(checker, { subtree: true, childList: true, attributes: true, characterData: true });
  addEventListener(
    'input',
    (event) => {
      const text = (event.target as HTMLInputElement).value;
      start = performance.now();
      updated = 0;
      const startedAt = start;
      requestAnimationFrame(() => {
        const updatedAt = updated;
        const channel = new MessageChannel();
        // A frame's own work, style to paint, comes between its callbacks and the next task.
        channel.port1.onmessage = () => {
          // A letter that changes no result changes nothing in the document.
          if (text === '' || updatedAt === 0) return;
          seen.push({ text, updated: updatedAt - startedAt, shown: performance.now() - startedAt });
        };
        channel.port2.postMessage(undefined);
      });
    },
    true,
  );
}
