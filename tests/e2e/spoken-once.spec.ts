/** What screen readers are given to say while one uses the site: each message once, nothing more. */
import type { Locator, Page } from '@playwright/test';
import { expect, lookUp, lookupOf, matchesOf, test, verdictOf } from './visit.ts';

interface Said {
  text: string;
  /** Whether the region was there, empty or with another text, before it said this. */
  wasThere: boolean;
}

/** Milliseconds, longer than anything waits before it speaks. */
const quiet = 700;

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const said: Said[] = [];
    const known = new Map<Element, string>();
    Object.assign(window, { said });
    new MutationObserver((changes) => {
      for (const region of Array.from(
        document.querySelectorAll('[role=status], [role=alert], [role=log], [aria-live]'),
      )) {
        const text = region.textContent.replace(/\s+/g, ' ').trim();
        const before = known.get(region);
        const isTouched = changes.some(
          ({ target }) => target !== region && region.contains(target),
        );
        known.set(region, text);
        // A region that is not drawn is not there for a screen reader either.
        const isDrawn = region.getClientRects().length > 0;
        if (text !== '' && (text !== before || isTouched)) {
          said.push({ text, wasThere: before !== undefined });
        } else if (text === '' && !isDrawn) known.delete(region);
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
});

/** Types letter by letter within the page, where no busy machine makes pauses between them. */
async function typeQuickly(field: Locator, text: string): Promise<void> {
  await field.evaluate(async (input: HTMLInputElement, typed) => {
    for (let length = 1; length <= typed.length; length += 1) {
      input.value = typed.slice(0, length);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }, text);
}

/** Everything said since the last time, after nothing more can come. */
async function saidBy(page: Page): Promise<string[]> {
  await page.waitForTimeout(quiet);
  const said = await page.evaluate(() => (window as unknown as { said: Said[] }).said.splice(0));
  expect(
    said.filter(({ wasThere }) => !wasThere),
    'said by a region that was not there',
  ).toEqual([]);
  return said.map(({ text }) => text);
}

test('nothing is said where nothing has happened', async ({ page }) => {
  for (const address of [
    '/',
    '/check/',
    '/plan/',
    '/search/',
    '/guides/ios-14/',
    '/accessibility/',
  ]) {
    await page.goto(address);
    expect(await saidBy(page), address).toEqual([]);
  }
  await page.goto('/check/?device=iphone-6s&now=nonsense&computer=mac');
  await expect(verdictOf(page)).toBeVisible();
  expect(await saidBy(page)).toEqual([]);
});

test('in the checker each act says one thing, once', async ({ page }) => {
  test.slow();
  await page.goto('/check/');
  await lookupOf(page).focus();
  await typeQuickly(lookupOf(page), 'iphone 6s');
  await expect(matchesOf(page)).toHaveCount(2);
  expect(await saidBy(page)).toEqual(['2 devices match. Use the arrow keys to choose one.']);

  await lookupOf(page).press('ArrowDown');
  expect(await saidBy(page)).toEqual([]);
  // The verdict is read because the focus goes there; saying it as well would be twice.
  await lookupOf(page).press('Enter');
  await expect(verdictOf(page)).toBeFocused();
  expect(await saidBy(page)).toEqual([]);

  await page.getByLabel('Asking about').selectOption('iOS 15');
  expect(await saidBy(page)).toEqual([await verdictOf(page).innerText()]);

  const now = page.getByLabel('Version it has now', { exact: true });
  await typeQuickly(now, '14.4');
  expect(await saidBy(page)).toEqual([
    `${await verdictOf(page).innerText()} ${await page.locator('.verdict-now').innerText()}`,
  ]);
  await now.fill('');
  await saidBy(page);
  await typeQuickly(now, 'nonsense');
  expect(await saidBy(page)).toEqual([await page.locator('#now-reading').innerText()]);

  await page.getByLabel('Windows', { exact: true }).check();
  expect(await saidBy(page)).toEqual([]);

  await page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' }).check();
  expect(await saidBy(page)).toEqual(['Steps done: 1.']);
  await page.getByRole('button', { name: 'Clear my ticks' }).click();
  expect(await saidBy(page)).toEqual(['Steps done: 0.']);

  await page.getByRole('button', { name: 'Choose another device' }).click();
  expect(await saidBy(page)).toEqual([]);
  await typeQuickly(lookupOf(page), 'iphone 9');
  expect(await saidBy(page)).toEqual([await page.locator('.lookup-message').innerText()]);
});

test('in the estimate each act says one thing, once', async ({ page }) => {
  await page.goto('/plan/?used=40');
  await expect(page.locator('#estimate-part-cable')).toBeVisible();
  expect(await saidBy(page)).toEqual([]);
  await page.getByLabel('What kind is it?').selectOption('TV cable');
  expect(await saidBy(page)).toEqual([
    expect.stringMatching(/^To iCloud: .+ to upload\. To a computer, by cable: .+\.$/),
  ]);
  await typeQuickly(page.getByLabel('Upload speed, in Mbit/s'), 'quick');
  expect(await saidBy(page)).toEqual([await page.locator('#estimate-up-reading').innerText()]);
  // What changes nothing in the estimate needs no word.
  await page.getByLabel('Upload speed, in Mbit/s').fill('quicker');
  expect(await saidBy(page)).toEqual([]);
});

test('an address that is not understood is said once', async ({ page }) => {
  await page.goto('/check/?device=iphone-6s&icloud=maybe');
  await expect(verdictOf(page)).toBeVisible();
  expect(await saidBy(page)).toEqual([
    'We did not understand a part of the address, and left it out: icloud=maybe.',
  ]);
});

test('ticks that are not kept are told of once, however many follow', async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.goto('/check/?device=iphone-6s');
  await page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' }).check();
  expect(await saidBy(page)).toEqual([
    expect.stringMatching(/^This browser does not keep ticks/),
    'Steps done: 1.',
  ]);
  await page.getByRole('checkbox', { name: 'Write down the version it has now' }).check();
  expect(await saidBy(page)).toEqual(['Steps done: 2.']);
});

test('a search says what it found, once', async ({ page }) => {
  await page.goto('/search/');
  const input = page.getByLabel('What are you looking for?');
  for (const [question, answer] of [
    ['error 4013', /^\d+ pages? found for “error 4013”\.$/],
    ['zzzzqqq', /^Nothing found for “zzzzqqq”/],
  ] as const) {
    await input.fill(question);
    await input.press('Enter');
    await expect(page.locator('#search-status')).toHaveText(answer);
    // A word of patience comes first where the answer takes long.
    const said = (await saidBy(page)).filter((text) => text !== 'Searching…');
    expect(said).toEqual([expect.stringMatching(answer)]);
  }
});

test.describe('without connection', () => {
  test.use({ allowedErrors: /Failed to load resource/ });

  test('a list that cannot be loaded is told of once, not at every key', async ({ page }) => {
    await page.route('**/engine*.js', (route) => route.abort());
    await page.goto('/check/');
    await typeQuickly(lookupOf(page), 'iphone');
    await expect(page.getByRole('alert')).toBeVisible();
    await page.waitForTimeout(quiet);
    const said = await page.evaluate(() => (window as unknown as { said: Said[] }).said);
    // An alert speaks on its arrival; no region needs to wait for it.
    expect(said.map(({ text }) => text)).toEqual([
      'The list of devices could not be loaded. Check the connection, then load this page again. What you typed stays.',
    ]);
  });
});

test('matches are not announced again when the list closes and opens', async ({ page }) => {
  await lookUp(page, 'iphone se');
  await saidBy(page);
  await lookupOf(page).press('Escape');
  await expect(matchesOf(page)).toHaveCount(0);
  expect(await saidBy(page)).toEqual([]);
});
