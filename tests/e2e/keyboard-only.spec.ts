import type { Locator, Page } from '@playwright/test';
import { expect, lookUp, lookupOf, matchesOf, test, verdictOf } from './visit.ts';

/** Presses a key, the tab key unless said, until the focus is where it should be. */
async function pressUntilOn(page: Page, goal: Locator, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press(key);
    if (await goal.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${key} does not reach ${goal.toString()}.`);
}

test('the whole way from typing to a ticked step works by keyboard alone', async ({ page }) => {
  await page.goto('/check/');
  const focused = page.locator(':focus');
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await focused.getAttribute('id')) === 'lookup-input') break;
  }
  await page.keyboard.type('iphone 12');
  await expect(matchesOf(page)).toHaveCount(4);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(verdictOf(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Version it has now', { exact: true })).toBeFocused();
  await page.keyboard.type('14.4');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(page.getByLabel('Mac with macOS 10.15 or later', { exact: true })).toBeChecked();
  await expect(page.getByText('Back up to your Mac with Finder')).toBeVisible();
  const step = page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' });
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await step.evaluate((box) => box === document.activeElement)) break;
  }
  await page.keyboard.press('Space');
  await expect(step).toBeChecked();
});

test('in the list, arrows go round, Home and End jump, Escape closes and then clears', async ({
  page,
}) => {
  await lookUp(page, 'iphone se');
  const input = lookupOf(page);
  const active = page.locator('[role=option][aria-selected=true]');
  await expect(active).toHaveCount(0);
  await input.press('ArrowDown');
  await expect(active).toContainText('3rd generation');
  await expect(input).toHaveAttribute('aria-activedescendant', 'lookup-option-0');
  await input.press('ArrowUp');
  await expect(active).toContainText('1st generation');
  await input.press('Home');
  await expect(active).toContainText('3rd generation');
  await input.press('End');
  await expect(active).toContainText('1st generation');
  await input.press('ArrowDown');
  await expect(active).toContainText('3rd generation');
  await input.press('Escape');
  await expect(input).toHaveAttribute('aria-expanded', 'false');
  await expect(matchesOf(page)).toHaveCount(0);
  await expect(input).toHaveValue('iphone se');
  await input.press('ArrowDown');
  await expect(matchesOf(page)).toHaveCount(3);
  await input.press('Escape');
  await input.press('Escape');
  await expect(input).toHaveValue('');
});

test('Enter chooses the only match, and of several none by itself', async ({ page }) => {
  await lookUp(page, 'iphone se');
  await page.keyboard.press('Enter');
  await expect(verdictOf(page)).toHaveCount(0);
  await lookUp(page, 'A1633');
  await page.keyboard.press('Enter');
  await expect(verdictOf(page)).toContainText('iPhone 6s');
});

test('the number of matches is announced once typing pauses', async ({ page }) => {
  await lookUp(page, 'iphone 6s');
  await expect(page.locator('.lookup [role=status]')).toHaveText(
    '2 devices match. Use the arrow keys to choose one.',
  );
  await lookupOf(page).fill('iphone 9');
  await expect(page.locator('.lookup [role=status]')).toContainText('No device fits that.');
});

test('every question is answered, the plan printed, ticked and cleared, all by keyboard', async ({
  page,
}) => {
  await page.addInitScript(() => {
    window.print = () => {
      document.title = 'printed';
    };
  });
  await page.goto('/check/?device=iphone-12');
  await expect(verdictOf(page)).toBeVisible();
  const answer = (name: string): Locator => page.getByLabel(name, { exact: true });

  await pressUntilOn(page, page.getByLabel('Asking about'));
  await page.keyboard.type('iOS 26');
  await expect(verdictOf(page)).toContainText('iOS 26');

  await pressUntilOn(page, answer('Version it has now'));
  await page.keyboard.type('14.4');
  await expect(page.locator('.verdict-now')).toBeVisible();
  const unknown = page.getByRole('group', { name: 'Which version' }).getByLabel('I don’t know');
  await pressUntilOn(page, unknown);
  await page.keyboard.press('Space');
  await expect(unknown).toBeChecked();
  await expect(answer('Version it has now')).toHaveValue('');

  // One tab stop for each question with one answer; arrows go through its answers and around.
  await pressUntilOn(page, answer('Mac with macOS 10.15 or later'));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(answer('Windows')).toBeChecked();
  await expect(answer('Windows')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(answer('Yes, enough')).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  const password = page.getByRole('group', { name: 'Do you want a password' });
  await expect(password.getByLabel('Yes')).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowUp');
  const space = page.getByRole('group', { name: 'How full is it?' });
  await expect(space.getByLabel('I don’t know')).toBeChecked();
  await pressUntilOn(page, answer('WhatsApp'));
  await page.keyboard.press('Space');
  await pressUntilOn(page, answer('eSIM'));
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/computer=windows&icloud=enough&encrypted=yes&space=unknown&uses=whatsapp,esim$/); // prettier-ignore

  await pressUntilOn(page, page.getByRole('button', { name: 'Print it' }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveTitle('printed');
  await pressUntilOn(page, page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' }));
  await page.keyboard.press('Space');
  await pressUntilOn(page, page.getByRole('button', { name: 'Clear my ticks' }), 'Shift+Tab');
  await page.keyboard.press('Space');
  await expect(page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' })).not.toBeChecked();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Print it' })).toBeFocused();

  await pressUntilOn(
    page,
    page.getByRole('button', { name: 'Choose another device' }),
    'Shift+Tab',
  );
  await page.keyboard.press('Enter');
  await expect(lookupOf(page)).toBeFocused();
  await page.keyboard.type('iphone xr');
  await expect(matchesOf(page)).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(verdictOf(page)).toContainText('iPhone XR');
  await expect(answer('Windows')).toBeChecked();
});

test('the list by family, year and device works by keyboard alone', async ({ page }) => {
  await page.goto('/check/');
  await pressUntilOn(page, page.locator('summary', { hasText: 'Choose from a list instead' }));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('iPad');
  await expect(page.getByRole('combobox', { name: /^Family/ })).toHaveValue('iPad');
  await page.keyboard.press('Tab');
  await page.keyboard.type('2014');
  await pressUntilOn(page, page.getByRole('button', { name: 'iPad mini 3' }));
  await page.keyboard.press('Enter');
  await expect(verdictOf(page)).toContainText('iPad mini 3');
});

test.describe('on an iPhone with a keyboard', () => {
  test.use({
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1',
    screen: { width: 320, height: 568 },
    viewport: { width: 320, height: 454 },
    deviceScaleFactor: 2,
  });

  test('the guess is taken by keyboard', async ({ page }) => {
    await page.goto('/check/');
    const guess = page.getByRole('region', { name: 'Is it the one you are holding?' });
    const first = guess.getByRole('button').first();
    const name = (await first.innerText()).replace(/ \d{4}$/, '');
    await pressUntilOn(page, first);
    await page.keyboard.press('Enter');
    await expect(verdictOf(page)).toBeFocused();
    await expect(verdictOf(page)).toContainText(name);
  });
});

test('the key for the search can be turned off, for every page, and on again', async ({ page }) => {
  await page.goto('/about/');
  await page.keyboard.press('/');
  await expect(page).toHaveURL(/\/search\/$/);
  const key = page.getByRole('checkbox', { name: 'The key “/” opens the search' });
  await page.goto('/accessibility/');
  await pressUntilOn(page, key);
  await page.keyboard.press('Space');
  await expect(key).not.toBeChecked();
  await page.goto('/guides/ios-14/');
  await page.keyboard.press('/');
  await page.waitForTimeout(200);
  await expect(page).toHaveURL(/\/guides\/ios-14\/$/);
  await page.goto('/accessibility/');
  await expect(key).not.toBeChecked();
  await key.check();
  await page.goto('/guides/');
  await page.keyboard.press('/');
  await expect(page).toHaveURL(/\/search\/$/);
});

test('no other key does anything by itself', async ({ page }) => {
  await page.goto('/guides/ios-14/');
  for (const key of 'abcdefghijklmnopqrstuvwxyz0123456789?.,;-+') await page.keyboard.press(key);
  await expect(page).toHaveURL(/\/guides\/ios-14\/$/);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
});
