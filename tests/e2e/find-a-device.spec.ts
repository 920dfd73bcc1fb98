import { expect, lookUp, lookupOf, matchesOf, test, verdictOf } from './visit.ts';

test('a visitor types "6s" and is told what Apple offers the iPhone 6s today', async ({ page }) => {
  await lookUp(page, '6s');
  const options = matchesOf(page);
  await expect(options).toHaveText(['iPhone 6s 2015', 'iPhone 6s Plus 2015']);
  await expect(options.first().locator('mark')).toHaveText(['6s']);
  await options.first().click();
  await expect(verdictOf(page)).toHaveText(
    'The iPhone 6s can run iOS 14, but Apple no longer offers it: you will get iOS 15.8.8 instead.',
  );
  await expect(page.getByText('Facts of October 5, 2026.').first()).toBeVisible();
  await expect(page).toHaveURL(/\/check\/\?device=iphone-6s$/);
  await expect(lookupOf(page)).toHaveValue('iPhone 6s');
  await expect(
    page.getByRole('heading', { name: 'Your checklist for the iPhone 6s' }),
  ).toBeVisible();
});

test('a visitor types the A-number from the back of the device', async ({ page }) => {
  await lookUp(page, 'a1566');
  await expect(matchesOf(page)).toHaveText(['iPad Air 2 2014 · A1566']);
  await matchesOf(page).click();
  await expect(verdictOf(page)).toContainText('you will get iPadOS 15.8.8 instead');
});

test('a visitor who misspells still finds the device', async ({ page }) => {
  await lookUp(page, 'ihpone 8');
  await expect(matchesOf(page).first()).toHaveText('iPhone 8 2017');
});

test('nothing typed is lost while the list of devices is still loading', async ({ page }) => {
  await page.route('**/engine*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800));
    await route.continue();
  });
  await page.goto('/check/?computer=mac');
  await lookupOf(page).pressSequentially('iphone se');
  await expect(matchesOf(page)).toHaveCount(3);
  await expect(lookupOf(page)).toHaveValue('iphone se');
  await expect(page).toHaveURL(/\?find=iphone%20se&computer=mac$/);
});

test.describe('without connection', () => {
  test.use({ allowedErrors: /Failed to load resource/ });

  test('the visitor is told so, keeps what was typed, and can go on later', async ({ page }) => {
    let offline = true;
    await page.route('**/engine*.js', (route) => (offline ? route.abort() : route.continue()));
    await page.goto('/check/');
    await lookupOf(page).pressSequentially('6');
    await expect(page.getByRole('alert')).toContainText('could not be loaded');
    await expect(lookupOf(page)).toHaveValue('6');
    offline = false;
    await lookupOf(page).pressSequentially('s');
    await expect(matchesOf(page)).toHaveCount(2);
  });
});

test('a part number gets a sentence that says what it is and where the A-number is', async ({
  page,
}) => {
  await page.goto('/check/');
  await lookupOf(page).fill('MKQK2LL/A');
  await expect(page.locator('.lookup-message')).toContainText('MKQK2LL/A is a part number');
  await expect(page.locator('.lookup-message')).toContainText('Settings, General, About');
});

test('a device newer than the facts is not called unknown', async ({ page }) => {
  await page.goto('/check/');
  await lookupOf(page).fill('iphone duo');
  await expect(page.locator('.lookup-message')).toContainText(
    '“iPhone Duo” is newer than our facts (October 5, 2026)',
  );
});

test('a visitor asks about another release and about the version they have', async ({ page }) => {
  await page.goto('/check/?device=iphone-11');
  await page.getByLabel('Asking about').selectOption('iOS 27');
  await expect(verdictOf(page)).toHaveText(
    'Yes: the iPhone 11 can have iOS 27, and Apple offers it iOS 27.0.1 today.',
  );
  await page.getByLabel('Version it has now', { exact: true }).fill('18.6');
  await expect(page.locator('.verdict-now')).toHaveText(
    'The update takes you straight to iOS 27.0.1. On the way Apple also offers the smaller step to iOS 26.7.1.',
  );
  await page.getByLabel('Version it has now', { exact: true }).fill('eighteen');
  await expect(page.locator('#now-reading')).toContainText('Write it as on the device');
  await expect(page.getByLabel('Version it has now', { exact: true })).toHaveValue('eighteen');
});

test('a visitor who does not want to type picks family, year and device', async ({ page }) => {
  await page.goto('/check/');
  await page.getByText('Choose from a list instead').click();
  await page.getByLabel('Family').selectOption('iPad');
  await page.getByLabel('Year it came out').selectOption('2014');
  const choices = page
    .getByRole('list', { name: 'Devices of this family and year' })
    .getByRole('button');
  await expect(choices).toHaveText(['iPad Air 2 2014', 'iPad mini 3 2014']);
  await choices.first().click();
  await expect(verdictOf(page)).toContainText('iPad Air 2');
});

test('from the home page the search goes on in the checker', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Which device do you have?').fill('iphone 7');
  await page.getByRole('button', { name: 'Look it up' }).click();
  await expect(matchesOf(page)).toHaveText(['iPhone 7 2016', 'iPhone 7 Plus 2016']);
});

test('"Where do I find the model?" shows pictures and goes away once the device is chosen', async ({
  page,
}) => {
  await page.goto('/check/');
  await page.getByText('Where do I find the model?').click();
  await expect(page.getByRole('img', { name: /About screen/ })).toBeVisible();
  await page.goto('/check/?device=iphone-6s');
  await expect(verdictOf(page)).toBeVisible();
  await expect(page.getByText('Where do I find the model?')).toBeHidden();
});

test('where the checker itself fails, the page says so and what can be read comes back', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(screen, 'width', {
      get: () => {
        throw new Error('no screen here');
      },
    });
  });
  await page.goto('/check/');
  await lookupOf(page).focus();
  await expect(page.getByRole('alert')).toContainText('The checker failed in this browser.');
  await expect(page.getByRole('link', { name: 'The checklist for any device' })).toBeVisible();
});
