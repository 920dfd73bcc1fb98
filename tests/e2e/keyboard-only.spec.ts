import { expect, lookUp, lookupOf, matchesOf, test, verdictOf } from './visit.ts';

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
