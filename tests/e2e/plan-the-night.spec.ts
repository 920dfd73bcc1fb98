import type { Locator, Page } from '@playwright/test';
import { expect, test } from './visit.ts';

const everything =
  '/plan/?device=iphone-6s&used=40%20GB&photos=on-device&line=cable&plan=50gb&taken=20&computer=mac&room=100%20GB';

/** One way to back up, or the update. */
function partOf(page: Page, id: 'icloud' | 'cable' | 'wifi' | 'update'): Locator {
  return page.locator(`#estimate-part-${id}`);
}

test('a visitor says how full it is and which line there is, and learns how long it takes', async ({
  page,
}) => {
  await page.goto('/plan/');
  await expect(page.getByText('Say how much is used on the device')).toBeVisible();
  await page.getByLabel('How much is used on it?').fill('40 GB of 64 GB used');
  await expect(page.getByText('Understood as 40 GB.')).toBeVisible();
  await page.getByLabel('iCloud Photos on this device').selectOption('on-device');
  await expect(partOf(page, 'cable')).toContainText('8 to 50 minutes.');
  await expect(partOf(page, 'icloud')).toContainText('Say how fast your line is');

  await page.getByLabel('Upload speed, in Mbit/s').fill('10');
  await expect(partOf(page, 'icloud')).toContainText('4 to 14 hours to upload.');
  await expect(partOf(page, 'icloud')).toContainText(
    '20 to 36 GB × 8 = 160 to 288 Gbit; at 6 to 10 Mbit/s: 4 to 14 hours',
  );
  await expect(partOf(page, 'icloud')).toContainText('Plan needed: 50 GB.');
  await expect(page.getByText('It may not be done by morning')).toBeVisible();
});

test('the update’s own download is timed where its size is recorded, and said where it is not', async ({
  page,
}) => {
  await page.goto('/plan/?line=cable');
  const device = page.getByLabel('Which device?');
  await device.selectOption('iPhone 6s');
  await expect(partOf(page, 'update')).toContainText('2 to 15 minutes for iOS 15.8.8.');
  await device.selectOption('iPhone 6s Plus');
  await expect(partOf(page, 'update')).toContainText('is not in our facts');
  await device.selectOption('iPhone 4');
  await expect(partOf(page, 'update')).toContainText('no update that Apple offers');
});

test('too small a plan and too full a computer are said before the night begins', async ({
  page,
}) => {
  await page.goto(everything);
  const tonight = page.locator('.estimate ol > li');
  await expect(partOf(page, 'icloud')).toContainText('may or may not have room');
  await page.getByLabel('How much storage do you have?').selectOption('5 GB (free)');
  await expect(tonight.nth(1)).toContainText('Take 200 GB for a month');
  await page.getByLabel('How much is free on its disk?').fill('12');
  await expect(tonight.first()).toContainText('Make room on the computer first');
  await page.getByLabel('Which could you use?').selectOption('None');
  await expect(partOf(page, 'cable')).toHaveCount(0);
  await expect(page.getByLabel('How much is free on its disk?')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'borrow a computer' })).toBeVisible();
});

test('what is typed stays as typed, with a sentence where it means nothing', async ({ page }) => {
  await page.goto('/plan/');
  const used = page.getByLabel('How much is used on it?');
  await used.fill('half');
  await expect(used).toHaveValue('half');
  await expect(used).toHaveAttribute('aria-invalid', 'true');
  await expect(used).toHaveAccessibleDescription(/A part of what\?/);
  await expect(page).toHaveURL(/\?used=half$/);
  await page.reload();
  await expect(used).toHaveValue('half');
  await used.fill('half of 64 GB');
  await expect(page.getByText('Understood as 32 GB.')).toBeVisible();
  await expect(used).toHaveAttribute('aria-invalid', 'false');
});

test('the answers are in the address, and Back takes them back', async ({ page }) => {
  await page.goto(everything);
  await expect(page.getByLabel('How much is used on it?')).toHaveValue('40 GB');
  await expect(page.getByLabel('What kind is it?')).toHaveValue('cable');
  await page.getByLabel('What kind is it?').selectOption('slow-dsl');
  await expect(page).toHaveURL(/line=slow-dsl/);
  await page.getByLabel('Or in words').selectOption('much');
  await expect(page.getByLabel('How much is used on it?')).toHaveValue('');
  await expect(page).toHaveURL(/used=much/);
  await page.goBack();
  await expect(page.getByLabel('How much is used on it?')).toHaveValue('40 GB');
  await page.goBack();
  await expect(page.getByLabel('What kind is it?')).toHaveValue('cable');
});

test('what was filled in before the script came is kept', async ({ page }) => {
  const held = Promise.withResolvers<undefined>();
  await page.route('**/Estimator*.js', async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.goto('/plan/?used=10&computer=mac', { waitUntil: 'commit' });
  await page.getByLabel('How much is used on it?').fill('64 GB');
  await page.getByLabel('What kind is it?').selectOption('fiber');
  held.resolve(undefined);
  await expect(partOf(page, 'icloud')).toBeVisible();
  await expect(page.getByLabel('How much is used on it?')).toHaveValue('64 GB');
  await expect(page.getByLabel('What kind is it?')).toHaveValue('fiber');
  await expect(page.getByLabel('Which could you use?')).toHaveValue('mac');
});

test('the checklist leads to the estimate and back, and its answers go along', async ({ page }) => {
  const answers =
    '?device=iphone-6s&now=13.7&computer=windows&icloud=not-enough&encrypted=yes&uses=watch,whatsapp';
  await page.goto(`/check/${answers}`);
  await page.getByRole('link', { name: 'How long will it take?' }).click();
  await expect(page.getByLabel('Which device?')).toHaveValue('iphone-6s');
  await expect(page.getByLabel('Which could you use?')).toHaveValue('windows');
  await page.getByLabel('How much is used on it?').fill('40');
  await page.getByRole('link', { name: 'The checklist for the iPhone 6s' }).click();
  await expect(page.getByLabel('Version it has now', { exact: true })).toHaveValue('13.7');
  expect(new URL(page.url()).searchParams.toString().split('&').sort()).toEqual(
    new URLSearchParams(answers).toString().split('&').sort(),
  );
});

test('a link made to hurt shows its text as text, and the estimate still works', async ({
  page,
}) => {
  const markup = '"><x-canary onclick=alert(1)></x-canary><img src=x onerror=alert(1)>';
  let dialogs = 0;
  page.on('dialog', (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  for (const [name, value] of [
    ['used', markup],
    ['used', 'x'.repeat(79) + '😀'],
    ['up', '9'.repeat(5000)],
    ['room', `5 ${markup}`],
    ['device', markup],
    ['line', 'toString'],
    ['now', markup],
    ['__proto__', markup],
  ] as const) {
    await page.goto(`/plan/?${new URLSearchParams([[name, value]]).toString()}`);
    await page.getByLabel('How much is used on it?').fill('10');
    await expect(partOf(page, 'cable')).toContainText('minutes');
    expect(await page.locator('x-canary, img[src=x]').count(), `${name}=${value}`).toBe(0);
  }
  expect(dialogs).toBe(0);
});

test('a part of the address that means nothing is named, and the rest is used', async ({
  page,
}) => {
  await page.goto('/plan/?used=40&line=pigeon&device=galaxy');
  await expect(page.getByText('We did not understand a part of the address')).toContainText(
    'device=galaxy, line=pigeon',
  );
  await expect(partOf(page, 'cable')).toBeVisible();
  await page.getByLabel('What kind is it?').selectOption('cable');
  await expect(page.getByText('We did not understand')).toHaveCount(0);
});

test('it is filled in with the keyboard alone', async ({ page }) => {
  await page.goto('/plan/');
  await page.getByLabel('Which device?').focus();
  await page.keyboard.type('iPhone 7');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('How much is used on it?')).toBeFocused();
  await page.keyboard.type('40');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\?device=iphone-7&used=40$/);
  await expect(partOf(page, 'cable')).toBeVisible();
});

test('printed, it is the estimate and where to come back to, without the form', async ({
  page,
}) => {
  await page.goto(everything);
  await expect(partOf(page, 'icloud')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.estimate-form')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Print it' })).toBeHidden();
  await expect(partOf(page, 'cable')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Examples' })).toBeHidden();
  await expect(page.locator('.estimate .address')).toContainText('/plan/?device=iphone-6s&used=40');
});
