/** A visitor whom a search engine sends to the page of their device, or whom a table does. */
import { printOn } from './paper.ts';
import { expect, test, verdictOf } from './visit.ts';

test.describe('without script, from a search engine', () => {
  test.use({ javaScriptEnabled: false });

  test('one learns what the iPhone 6s gets, how to back it up, and its keys', async ({ page }) => {
    await page.goto('/devices/iphone-6s/');
    await expect(page).toHaveTitle(/^Can the iPhone 6s get iOS 14\? It gets iOS 15\.8\.8 today/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('iPhone 6s');
    await expect(verdictOf(page)).toHaveText(
      'The iPhone 6s can run iOS 14, but Apple no longer offers it: you will get iOS 15.8.8 instead.',
    );
    await expect(page.getByText('Apple offers it iOS 15.8.8, of May 11, 2026.')).toBeVisible();
    await expect(page.getByRole('cell', { name: 'A1633, A1688, A1691, A1700' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Back up to iCloud', exact: true })).toBeVisible();
    await expect(page.getByText(/Recovery keys: Connect it .* Lightning cable/)).toContainText(
      'Hold the Home button and the side button together',
    );
    await expect(page.getByRole('heading', { name: 'If it goes wrong' })).toBeVisible();
  });

  test('every release is in its table, with the verdict, and leads to its page', async ({
    page,
  }) => {
    await page.goto('/devices/ipad-air-2/');
    const rows = page.getByRole('region', { name: 'Releases for the iPad Air 2' }).locator('tr');
    await expect(rows).toHaveCount(1 + 18);
    await expect(page.getByRole('row', { name: /^iPadOS 16/ })).toContainText('Too old for it');
    await expect(page.getByRole('row', { name: /^iPadOS 15/ })).toContainText(
      'Offered today: iPadOS 15.8.8',
    );
    await expect(page.getByRole('row', { name: /^iPadOS 14/ })).toContainText('No longer offered');
    await page.getByRole('link', { name: 'iPadOS 14', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Who can have iPadOS 14?');
    await expect(page.getByRole('region', { name: /^iPhones/ })).toHaveCount(0);
    await page.getByRole('link', { name: 'iPad Air 2', exact: true }).first().click();
    await expect(page).toHaveURL(/\/devices\/ipad-air-2\/$/);
  });

  test('a variant that stops earlier says where', async ({ page }) => {
    await page.goto('/devices/ipad-3rd-generation/');
    await expect(page.getByRole('row', { name: /A1416/ })).toContainText('iOS 9.3.5');
    await expect(page.getByRole('row', { name: /A1430/ })).toContainText('iOS 9.3.6');
  });

  test('what is not known is said', async ({ page }) => {
    await page.goto('/devices/iphone-1st-generation/');
    await expect(page.getByText('We found no version that Apple still offers')).toBeVisible();
    await expect(page.getByText(/^Not to iCloud: its backup needs iOS 9 or later/)).toBeVisible();
    await expect(page.getByText('Our facts begin at iPhone OS 3')).toBeVisible();
  });

  test('who has another of that name finds it from here', async ({ page }) => {
    await page.goto('/devices/iphone-se-1st-generation/');
    await page.getByRole('link', { name: 'iPhone SE (3rd generation)' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('iPhone SE (3rd generation)');
  });

  test('all devices are in a list by family, each leading to its page', async ({ page }) => {
    await page.goto('/devices/');
    const names = await page.locator('tbody th a').allInnerTexts();
    expect(names).toHaveLength(106);
    expect(new Set(names).size).toBe(106);
    await page.getByRole('link', { name: 'iPad Air 2', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('iPad Air 2');
  });
});

test('from a release’s table one gets to the device, and on to a checklist of one’s own', async ({
  page,
}) => {
  await page.goto('/releases/ios-14/');
  const iPhones = page.getByRole('region', { name: 'iPhones that take iOS 14: 19' });
  await iPhones.getByRole('link', { name: 'iPhone 7', exact: true }).click();
  await page.getByRole('link', { name: 'Make my own checklist' }).click();
  await expect(verdictOf(page)).toContainText('The iPhone 7 can run iOS 14');
  await page.getByRole('link', { name: 'All about this device' }).click();
  await expect(page).toHaveURL(/\/devices\/iphone-7\/$/);
});

for (const device of ['iphone-6s', 'ipad-pro-12-9-inch-2nd-generation', 'iphone-1st-generation']) {
  test(`the page of ${device} prints whole, on four sheets at most, without chrome`, async ({
    page,
  }) => {
    await page.goto(`/devices/${device}/`);
    const verdict = await verdictOf(page).innerText();
    for (const format of ['A4', 'Letter'] as const) {
      const paper = await printOn(page, format);
      expect(paper.pages, format).toBeLessThanOrEqual(4);
      expect(paper.whole, format).toBe(true);
      expect(paper.text).toContain(verdict);
      expect(paper.text).toContain(`/devices/${device}/`);
      expect(paper.text).toContain('Do not try to go back to an older version');
      for (const chrome of ['Make my own checklist', 'no cookie', 'More in the guide']) {
        expect(paper.text).not.toContain(chrome);
      }
    }
  });
}
