import type { Locator } from '@playwright/test';
import { expect, test } from './visit.ts';

test.use({ javaScriptEnabled: false });

test('the checker page points to everything that can be read instead', async ({ page }) => {
  await page.goto('/check/');
  await expect(
    page.getByRole('heading', { name: 'Does nothing happen when you type?' }),
  ).toBeVisible();
  await page.getByRole('link', { name: 'Every device that takes iOS 14 or iPadOS 14' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Who can have iOS 14 and iPadOS 14?',
  );
});

test('the tables of iOS 14 list 19 iPhones, one iPod touch and 19 iPads, and what each gets today', async ({
  page,
}) => {
  await page.goto('/releases/ios-14/');
  await expect(
    page.getByText('Apple no longer offers iOS 14 and iPadOS 14 to any device.'),
  ).toBeVisible();
  const rows = (name: RegExp): Locator => page.getByRole('region', { name }).locator('tbody tr');
  await expect(rows(/^iPhones that take iOS 14: 19$/)).toHaveCount(19);
  await expect(rows(/^iPod touch that take iOS 14: 1$/)).toHaveCount(1);
  await expect(rows(/^iPads that take iPadOS 14: 19$/)).toHaveCount(19);
  await expect(page.getByRole('row', { name: /^iPhone 6s 2015/ })).toContainText('iOS 15.8.8');
  await expect(page.getByRole('row', { name: /^iPad Air 2 2014/ })).toContainText('iPadOS 15.8.8');
});

test('every release has its tables', async ({ page }) => {
  await page.goto('/releases/');
  const releases = page.getByRole('region', { name: 'Releases', exact: true });
  const links = await releases.locator('tbody a').all();
  expect(links).toHaveLength(18);
  for (const address of await Promise.all(links.map((link) => link.getAttribute('href')))) {
    await page.goto(address ?? '');
    await expect(page.locator('table tbody tr').first()).toBeVisible();
  }
});

test('the general checklist has every phase, from getting ready to trouble', async ({ page }) => {
  await page.goto('/checklist/');
  await expect(page.getByRole('heading', { level: 2 })).toHaveText([
    'Get ready',
    'Back up',
    'Prove the backup',
    'Update',
    'After the update',
    'If it goes wrong',
  ]);
  await expect(
    page.getByText('iPhone 7: hold volume down and the side button together'),
  ).toBeVisible();
});

test('how long a backup takes can be read by examples', async ({ page }) => {
  await page.goto('/plan/');
  await expect(
    page.getByRole('heading', { name: 'Does nothing happen when you type?' }),
  ).toBeVisible();
  const cells = page.locator('table').first().locator('tbody td');
  await expect(cells).toHaveCount(50);
  expect(await cells.allInnerTexts()).not.toContain('');
  await expect(page.getByRole('row', { name: /^iCloud: TV cable/ })).toContainText('to 10 hours');
  await expect(page.getByRole('row', { name: /^iCloud plan/ })).toContainText('200 GB');
});

test('a missing page says so and leads on', async ({ page }) => {
  const response = await page.request.get('/no-such-page/');
  expect(response.status()).toBe(404);
  expect(await response.text()).toContain('There is no page here');
});
