import { expect, lookupOf, matchesOf, test, verdictOf } from './visit.ts';

const markup = '"><x-canary onclick=alert(1)></x-canary><img src=x onerror=alert(1)>';
const half = 'x'.repeat(79) + '😀';

test('a link made to hurt shows its text as text, and the checker still works', async ({
  page,
}) => {
  let dialogs = 0;
  page.on('dialog', (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  for (const [name, value] of [
    ['find', markup],
    ['find', half],
    ['device', markup],
    ['now', markup],
    ['computer', markup],
    ['uses', `watch,${markup},__proto__`],
    ['__proto__', markup],
  ] as const) {
    await page.goto(`/check/?device=iphone-6s&${new URLSearchParams([[name, value]]).toString()}`);
    await expect(page.locator('#checker')).toBeVisible();
    await lookupOf(page).fill('iphone 7');
    // Not the first option of all: until the list is there, that is one of the folded selects.
    await matchesOf(page).first().click();
    await expect(verdictOf(page)).toContainText('iPhone 7');
    expect(await page.locator('x-canary, img[src=x]').count(), `${name}=${value}`).toBe(0);
  }
  expect(dialogs).toBe(0);
});

test('typing half an emoji, or thousands of characters, stops nothing', async ({ page }) => {
  await page.goto('/check/');
  for (const text of [half, 'x\ud800', '9'.repeat(20_000), markup, '(a+)+$'.repeat(2000)]) {
    await lookupOf(page).evaluate((input: HTMLInputElement, value) => {
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }, text);
    await lookupOf(page).fill('ihpone 8');
    await expect(page.getByRole('option').first()).toContainText('iPhone 8');
  }
  await expect(page).toHaveURL(/find=ihpone%208$/);
});

test('a search made to hurt is only searched for', async ({ page }) => {
  for (const query of [markup, half, '%', '\u0000', '*'.repeat(500)]) {
    await page.goto(`/search/?${new URLSearchParams({ q: query }).toString()}`);
    await expect(page.locator('#search-status')).toContainText(/found|Nothing|Type what/);
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(page.locator('#search-status')).toContainText(/found|Nothing|Type what/);
    expect(await page.locator('x-canary, img[src=x]').count()).toBe(0);
  }
});

test('ticks made to hurt are no ticks, and those beside them stay', async ({ page }) => {
  await page.addInitScript((bad) => {
    localStorage.setItem(
      'backup-first.ticks.iphone-6s',
      JSON.stringify({
        'power-and-wifi': '2026-11-20',
        'archive-backup': bad,
        'know-passwords': '2026-99-99',
        constructor: '2026-11-20',
      }).replace('}', ',"__proto__":"2026-11-20"}'),
    );
  }, markup);
  await page.goto('/check/?device=iphone-6s&computer=mac');
  await expect(page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' })).toBeChecked();
  await expect(page.getByText(/^1 of \d+ steps done\.$/)).toBeVisible();
  await expect(page.getByText('undefined')).toHaveCount(0);
});
