/** The engines of the matrix, and the visitor that they all are. */
import compatibility from '@mdn/browser-compat-data/forLegacyNode';
import type { Browser, Engine, Site, Visitor } from './browser.ts';
import { startCurrentChromium, startOldChromium } from './chromium.ts';
import { startFirefox } from './firefox.ts';
import { lacksOfSafari, stillThere, surelyLacking, takeAway, type Lack } from './mask.ts';
import { startWebKit } from './webkit.ts';

const floor = 12.2;
export const iPhoneUserAgent =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 12_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1 Mobile/15E148 Safari/604.1';

/** An iPhone SE (1st generation), the smallest that can have iOS 12.2 and more. */
export const visitor: Visitor = { width: 320, height: 568, pixelRatio: 2 };

export const engines: Engine[] = [
  { name: 'Chromium', start: startCurrentChromium },
  { name: 'Chromium 69', start: () => startOldChromium({}) },
  { name: `Chromium 69 as iOS ${floor}`, start: startAsSafari },
  { name: 'Firefox', start: startFirefox },
  { name: 'WebKitGTK', start: () => startWebKit(visitor) },
];

async function startAsSafari(site: Site): Promise<Browser> {
  const lacks = lacksOfSafari(compatibility, floor);
  const unmasked = await startOldChromium({});
  const before = await thereIn(unmasked, site, lacks);
  await unmasked.stop();
  const firstScript = `(${String(takeAway)})(${JSON.stringify(lacks)})`;
  const masked = await startOldChromium({ firstScript });
  const left = await thereIn(masked, site, lacks);
  const unmoved = surelyLacking.filter((name) => left.includes(name) || !before.includes(name));
  if (unmoved.length > 0) {
    await masked.stop();
    throw new Error(`The mask does not hold: ${unmoved.join(', ')}.`);
  }
  return {
    ...masked,
    open: (as) => masked.open({ userAgent: iPhoneUserAgent, ...as }),
    remark: `${before.length - left.length} APIs taken away${
      left.length > 0 ? `, ${left.length} that could not be: ${left.join(', ')}` : ''
    }`,
  };
}

/** Looked at where no script of the site's, and so no polyfill, runs. */
async function thereIn(browser: Browser, site: Site, lacks: Lack[]): Promise<string[]> {
  const page = await browser.open(visitor);
  await page.go(`${site.address}robots.txt`);
  const found = await page.evaluate(
    `JSON.stringify((${String(stillThere)})(${JSON.stringify(lacks)}))`,
  );
  await page.close();
  return JSON.parse(found) as string[];
}
