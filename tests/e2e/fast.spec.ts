import type { Page } from '@playwright/test';
import { expect, lookupOf, matchesOf, test } from './visit.ts';

// What a service worker fetches for later is not what the page waits for.
test.use({ serviceWorkers: 'block' });

const readPages = [
  '/',
  '/guides/',
  '/guides/finder-backup/',
  '/guides/when-it-goes-wrong/',
  '/releases/ios-14/',
  '/checklist/',
  '/about/',
];

for (const address of readPages) {
  test(`${address} is drawn while its scripts are still on their way`, async ({ page }) => {
    const stuck = await withScriptsStuck(page);
    await page.goto(address, { waitUntil: 'commit' });
    await expect(page.getByRole('contentinfo')).toBeVisible();
    await expect.poll(() => firstPaintOf(page)).toBeGreaterThan(0);
    stuck.letGo();
  });
}

test.describe('when no script arrives', () => {
  test.use({ allowedErrors: /Failed to load resource/ });

  test('a guide can be read, unfolded and left', async ({ page }) => {
    let blocked = 0;
    await page.route('**/*.{js,mjs}', (route) => {
      blocked += 1;
      return route.abort();
    });
    await page.goto('/guides/finder-backup/');
    expect(blocked).toBeGreaterThan(0);
    await expect(page.getByRole('heading', { name: 'How do I back up?' })).toBeVisible();
    await page.getByText('On this page').click();
    await page.getByRole('link', { name: 'How do I check the backup?' }).click();
    await expect(page).toHaveURL(/#how-do-i-check-the-backup$/);
    await page.getByRole('link', { name: 'Checklist', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('checklist');
  });
});

test('the checker fetches facts and rules once the visitor shows interest, and all at once', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/check/', { waitUntil: 'networkidle' });
  const atFirst = asked.length;
  await page.getByText('Where do I find the model?').click();
  await page.waitForTimeout(500);
  expect(asked.slice(atFirst), 'asked for without interest in the lookup').toEqual([]);

  await lookupOf(page).focus();
  await expect.poll(() => asked.length).toBeGreaterThan(atFirst);
  await page.waitForLoadState('networkidle');
  const onFocus = asked.length;
  await lookupOf(page).pressSequentially('6s');
  await expect(matchesOf(page)).toHaveCount(2);
  expect(asked.slice(onFocus), 'asked for at a keystroke').toEqual([]);
});

test('opening the list to choose from is interest as well', async ({ page }) => {
  await page.goto('/check/', { waitUntil: 'networkidle' });
  const asked = page.waitForRequest('**/*.js');
  await page.getByText('Choose from a list instead').click();
  await asked;
  await page.getByLabel('Family').selectOption('iPad');
  await expect(page.getByLabel('Year it came out')).toBeEnabled();
});

test('on a slow connection the first keys are kept, said to be waiting, and answered on arrival', async ({
  page,
}) => {
  await page.goto('/check/', { waitUntil: 'networkidle' });
  const stuck = await withScriptsStuck(page);
  await lookupOf(page).focus();
  await page.keyboard.type('6s');
  await expect(page.getByText('Getting the list of devices…')).toBeVisible();
  await page.waitForTimeout(2000);
  await expect(lookupOf(page)).toHaveValue('6s');
  await expect(matchesOf(page)).toHaveCount(0);

  stuck.letGo();
  await expect(matchesOf(page)).toHaveText(['iPhone 6s 2015', 'iPhone 6s Plus 2015']);
  await expect(page.getByText('Getting the list of devices…')).toHaveCount(0);
  await expect(lookupOf(page)).toBeFocused();
  await expect(lookupOf(page)).toHaveValue('6s');
});

test('nothing on the screen moves when the checker comes to life', async ({ page }) => {
  await page.setViewportSize({ width: 412, height: 823 });
  const stuck = await withScriptsStuck(page);
  await page.goto('/check/', { waitUntil: 'commit' });
  await expect.poll(() => firstPaintOf(page)).toBeGreaterThan(0);
  stuck.letGo();
  await expect(page.locator('html')).toHaveClass(/has-checker/);
  await expect(page.getByRole('heading', { name: /Does nothing happen/ })).toBeHidden();
  expect(await shiftOf(page)).toBe(0);
});

/** Holds back every script asked for from now on. */
async function withScriptsStuck(page: Page): Promise<{ letGo: () => void }> {
  const held = Promise.withResolvers<undefined>();
  await page.route('**/*.{js,mjs}', async (route) => {
    await held.promise;
    await route.continue();
  });
  return { letGo: () => held.resolve(undefined) };
}

/** Milliseconds until text or a picture was first drawn; 0 while nothing was. */
function firstPaintOf(page: Page): Promise<number> {
  return page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  );
}

/** How much of the screen moved by how much, as browsers count it; 0 when nothing did. */
function shiftOf(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            sum += (entry as unknown as { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        // Entries are handed over after the frame that they belong to.
        setTimeout(() => resolve(sum), 500);
      }),
  );
}
