import { expect, lookUp, lookupOf, matchesOf, test, verdictOf } from './visit.ts';

const plan =
  '/check/?device=iphone-6s&now=13.7&computer=old-mac&icloud=enough&encrypted=yes&space=tight&uses=watch,whatsapp';

test('a link with answers opens the same plan for whoever gets it', async ({ page }) => {
  await page.goto(plan);
  await expect(verdictOf(page)).toContainText('iPhone 6s');
  await expect(page.getByLabel('Version it has now', { exact: true })).toHaveValue('13.7');
  for (const answer of ['Older Mac', 'Yes, enough', 'Less is free', 'Apple Watch', 'WhatsApp']) {
    await expect(page.getByLabel(answer, { exact: true })).toBeChecked();
  }
  await expect(page.getByText('Back up to your Mac with iTunes')).toBeVisible();
  const shown = await page.locator('.checklist').innerText();
  await page.reload();
  await expect(page.locator('.checklist')).toHaveText(shown, { useInnerText: true });
});

test('answers appear in the address, and Back takes them back one by one', async ({ page }) => {
  await lookUp(page, 'iphone 7');
  await matchesOf(page).first().click();
  await page.getByLabel('Windows', { exact: true }).check();
  await expect(page).toHaveURL(/\?device=iphone-7&computer=windows$/);
  await page.getByLabel('Linux', { exact: true }).check();
  await expect(page).toHaveURL(/computer=linux$/);
  await page.goBack();
  await expect(page.getByLabel('Windows', { exact: true })).toBeChecked();
  await page.goBack();
  await expect(page.getByLabel('Windows', { exact: true })).not.toBeChecked();
  await page.goBack();
  await expect(verdictOf(page)).toHaveCount(0);
  await expect(lookupOf(page)).toHaveValue('iphone 7');
  await page.goForward();
  await expect(verdictOf(page)).toContainText('iPhone 7');
});

test('a broken or foreign address falls back politely', async ({ page }) => {
  await page.goto('/check/?device=galaxy&computer=mac&icloud=maybe&now=%3Cscript%3E&x=1');
  await expect(page.getByText('We did not understand a part of the address')).toContainText(
    'device=galaxy, icloud=maybe',
  );
  await expect(lookupOf(page)).toHaveValue('galaxy');
  await lookupOf(page).fill('6s');
  await matchesOf(page).first().click();
  await expect(page.getByLabel('Mac with macOS 10.15 or later', { exact: true })).toBeChecked();
  await expect(page.getByLabel('Version it has now', { exact: true })).toHaveValue('<script>');
  await expect(page.locator('#now-reading')).toContainText('not a version we can read');
});

test('a visitor looks up another device, and the other answers stay', async ({ page }) => {
  await page.goto('/check/?device=iphone-6s&computer=mac');
  await page.getByRole('button', { name: 'Choose another device' }).click();
  await expect(lookupOf(page)).toBeFocused();
  await expect(lookupOf(page)).toHaveValue('');
  await page.keyboard.type('iphone xr');
  await page.keyboard.press('Enter');
  await expect(verdictOf(page)).toContainText('iPhone XR');
  await expect(page.getByLabel('Mac with macOS 10.15 or later', { exact: true })).toBeChecked();
});
