/** A visitor comes long after the site was built, and is told so. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, lookUp, lookupOf, test } from './visit.ts';

const { asOf } = JSON.parse(readFileSync('src/data/about.json', 'utf8')) as { asOf: string };
const written = new Date(asOf).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });
const pages = ['/', '/check/', '/guides/ios-14/', '/releases/', '/checklist/', '/no-such-page/'];

function daysLater(days: number): Date {
  return new Date(Date.parse(asOf) + days * 86_400_000 + 3_600_000);
}

function noticeOf(page: Page): Locator {
  return page.getByText(`Facts of ${written}, more than 60 days ago`);
}

test.describe('61 days after the facts', () => {
  test.use({ allowedErrors: /404/ });
  test.beforeEach(({ page }) => page.clock.setFixedTime(daysLater(61)));

  for (const address of pages) {
    test(`${address} says first of all that they are old`, async ({ page }) => {
      await page.goto(address);
      await expect(noticeOf(page)).toBeVisible();
      const [notice, title] = [
        await noticeOf(page).boundingBox(),
        await page.locator('h1').boundingBox(),
      ];
      expect(notice?.y).toBeLessThan(title?.y ?? 0);
    });
  }

  test('axe finds nothing on the notice in light, dark and forced colors', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 568 });
    await page.goto('/check/');
    await expect(noticeOf(page)).toBeVisible();
    for (const media of [
      { colorScheme: 'light', forcedColors: 'none' },
      { colorScheme: 'dark', forcedColors: 'none' },
      { colorScheme: 'dark', forcedColors: 'active' },
    ] as const) {
      await page.emulateMedia(media);
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  test('the checker works below it, and paper says it too', async ({ page }) => {
    await lookUp(page, '6s');
    await expect(noticeOf(page)).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(noticeOf(page)).toBeVisible();
    await expect(lookupOf(page)).toBeHidden();
  });
});

test('60 days after the facts nothing cries wolf, and every foot has their date', async ({
  page,
}) => {
  // A build that is made later has the notice in its markup.
  test.skip(Date.now() > daysLater(60).getTime(), 'these facts are older than 60 days by now');
  await page.clock.setFixedTime(daysLater(59));
  for (const address of pages.slice(0, -1)) {
    await page.goto(address);
    await expect(noticeOf(page)).toBeHidden();
    await expect(page.locator('footer')).toContainText(`Facts of ${written}.`);
  }
});
