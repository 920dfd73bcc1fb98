import { readdirSync } from 'node:fs';
import { expect, test } from './visit.ts';

const guides = readdirSync('src/content/guides').map((file) => file.replace('.mdx', ''));

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('every guide is there to read: answer, parts, sources, and the way on', async ({ page }) => {
    test.slow();
    for (const guide of guides) {
      await page.goto(`/guides/${guide}/`);
      await expect(page.locator('h1')).toHaveCount(1);
      expect((await page.locator('.guide').innerText()).split(/\s+/).length, guide).toBeGreaterThan(
        400,
      );
      await expect(page.locator('.guide h2').first()).toBeVisible();
      await expect(page.locator('.sources a').first()).toBeVisible();
      await expect(page.getByRole('navigation', { name: 'Along the way' })).toBeVisible();
      await expect(
        page.getByRole('link', { name: 'Make a checklist for your device' }).first(),
      ).toBeVisible();
    }
  });

  test('the video is a plain link', async ({ page }) => {
    await page.goto('/guides/ios-14/');
    await expect(page.getByRole('link', { name: /Video/ })).toHaveAttribute(
      'href',
      'https://www.youtube.com/watch?v=ZLS9KMoNMIc',
    );
  });

  test('the search page shows every page instead', async ({ page }) => {
    await page.goto('/search/?q=error+4013');
    for (const guide of guides) {
      await expect(page.locator(`main a[href="/guides/${guide}/"]`)).toBeVisible();
    }
  });
});

test('one reads along the way, from the first guide to the last, with Next', async ({ page }) => {
  await page.goto('/guides/');
  await page.locator('main li a').first().click();
  const seen = new Set<string>();
  for (;;) {
    seen.add(new URL(page.url()).pathname);
    const next = page.getByRole('link', { name: /^Next/ });
    if ((await next.count()) === 0) break;
    await next.click();
    await page.waitForLoadState();
    if (seen.size > guides.length) break;
  }
  expect(seen.size).toBe(guides.length);
});

test('a guide hands over to the checker with what it knows', async ({ page }) => {
  await page.goto('/guides/finder-backup/');
  await page.getByRole('link', { name: 'Make a checklist for your device' }).first().click();
  await expect(page).toHaveURL(/\/check\/\?.*computer=mac/);
  await page.getByRole('combobox').first().fill('6s');
  await page
    .getByRole('listbox', { name: 'Devices that match' })
    .getByRole('option')
    .first()
    .click();
  await expect(page.getByText('Back up to your Mac with Finder')).toBeVisible();
});

test('a step of the checklist leads to the heading that explains it', async ({ page }) => {
  await page.goto('/check/?device=iphone-6s&computer=mac');
  await page.getByRole('link', { name: 'More in the guide: Archive the backup' }).click();
  await expect(page).toHaveURL(/\/guides\/prove-your-backup\/#/);
  const heading = page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`);
  await expect(heading).toBeInViewport();
});

test('the video loads nothing from elsewhere before it is pressed, and says so', async ({
  page,
}) => {
  await page.goto('/guides/ios-14/');
  await expect(page.getByText('Nothing is loaded from there before you press.')).toBeVisible();
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('every guide carries an article, breadcrumbs and a picture for sharing', async ({ page }) => {
  await page.goto('/guides/finder-backup/');
  const records = await page
    .locator('script[type="application/ld+json"]')
    .evaluateAll((scripts) =>
      scripts.map(
        (script) => JSON.parse(script.textContent) as { '@type': string; step?: unknown[] },
      ),
    );
  expect(records.map((record) => record['@type'])).toEqual(['Article', 'HowTo', 'BreadcrumbList']);
  expect(records[1]?.step?.length).toBeGreaterThan(2);
  const card = await page.locator('meta[property="og:image"]').getAttribute('content');
  const response = await page.request.get(new URL(card ?? '').pathname);
  expect(response.headers()['content-type']).toBe('image/png');
});
