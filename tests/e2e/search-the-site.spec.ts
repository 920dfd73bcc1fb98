import type { Page } from '@playwright/test';
import { expect, test } from './visit.ts';

/** What people ask, and the page and part that answers it. */
const questions = [
  ['error 4013', '/guides/when-it-goes-wrong/', /Error 4013, 4014/],
  ['not enough icloud space', '/guides/icloud-backup/', /Not enough iCloud space: what can I do/],
  ['forgot backup password', '/guides/backup-password/', /What if I forgot the backup password/],
  ['stuck on apple logo', '/guides/when-it-goes-wrong/', /It is stuck on a bar/],
  ['dr.fone', '/guides/third-party-backup/', /Dr\.Fone/],
  ['how long does a backup take', '/plan/', /How long will my backup take/],
  ['iphone 6s recovery keys', '/devices/iphone-6s/', /Recovery keys/i],
  ['recovery mode', '/guides/when-it-goes-wrong/', /What is recovery mode/],
  ['A1893', '/devices/ipad-6th-generation/', /A1893/],
  ['downgrade', '/guides/', /back|older|file/i],
] as const;

for (const [question, address, part] of questions) {
  test(`"${question}" finds its section among the first three`, async ({ page }) => {
    await page.goto('/search/');
    await page.getByLabel('What are you looking for?').fill(question);
    await page.keyboard.press('Enter');
    const results = page.locator('#search-results > li');
    await expect(results.first()).toBeVisible();
    const firstThree = await results.evaluateAll((items) =>
      items.slice(0, 3).map((item) => ({
        address: new URL(item.querySelector('a')?.href ?? '').pathname,
        text: item.textContent,
      })),
    );
    expect(
      firstThree.filter((result) => result.address.startsWith(address) && part.test(result.text)),
    ).not.toEqual([]);
    await expect(page.locator('#search-status')).toContainText('found for');
  });
}

test('a device’s pages do not push the guides down', async ({ page }) => {
  for (const [question, guide] of [
    ['icloud backup', '/guides/icloud-backup/'],
    ['recovery mode', '/guides/when-it-goes-wrong/'],
    ['which model', '/guides/which-model/'],
    ['finder backup', '/guides/finder-backup/'],
  ] as const) {
    await page.goto(`/search/?q=${encodeURIComponent(question)}`);
    await expect(page.locator('#search-results > li > a').first()).toHaveAttribute('href', guide);
  }
});

test('"/" goes to the search from anywhere, but not while typing', async ({ page }) => {
  await page.goto('/guides/ios-14/');
  await page.keyboard.press('/');
  await expect(page).toHaveURL(/\/search\/$/);
  await expect(page.getByLabel('What are you looking for?')).toBeFocused();
  await page.goto('/check/');
  await page.getByRole('combobox').first().fill('MKQK2LL');
  await page.keyboard.press('/');
  await expect(page).toHaveURL(/\/check\//);
});

test('nothing of the search is loaded before somebody searches', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('/search/');
  await page.waitForLoadState('networkidle');
  expect(asked.filter((url) => url.includes('pagefind'))).toEqual([]);
});

test('a question that finds nothing says so and leaves the index', async ({ page }) => {
  await page.goto('/search/?q=zzzzqqq');
  await expect(page.locator('#search-status')).toContainText('Nothing found');
  await expect(page.getByRole('heading', { name: 'All pages' })).toBeVisible();
});

test('from a missing page one can search', async ({ page }) => {
  await page.goto('/404.html');
  await page.getByLabel('Search this site').fill('error 4013');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.locator('#search-results > li').first()).toBeVisible();
});

test.describe('where the policy refuses WebAssembly, as it does in old browsers', () => {
  const search = async (page: Page, question: string): Promise<string> => {
    await page.goto(`/search/?q=${encodeURIComponent(question)}`);
    await expect(page.locator('#search-status')).toContainText('found');
    return page.locator('#search-results').innerHTML();
  };

  test('another engine finds the same', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const withWebAssembly = [];
    for (const [question] of questions) withWebAssembly.push(await search(page, question));
    expect(asked).not.toContain('/pagefind/plain-engine.js');

    await page.route('**/search/*', async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), 'content-security-policy': "script-src 'self'" };
      await route.fulfill({ response, headers });
    });
    const without = [];
    for (const [question] of questions) without.push(await search(page, question));
    expect(asked).toContain('/pagefind/plain-engine.js');
    expect(without).toEqual(withWebAssembly);
    expect(without.join('')).toContain('<mark>');
  });
});

test.describe('where the search cannot run', () => {
  test.use({ allowedErrors: /Failed to load resource/ });

  test('the page says so and the index stays', async ({ page }) => {
    await page.route('**/pagefind/**', (route) => route.abort());
    await page.goto('/search/?q=error');
    await expect(page.locator('#search-status')).toContainText('Search cannot run here');
    await expect(page.getByRole('heading', { name: 'All pages' })).toBeVisible();
  });
});
