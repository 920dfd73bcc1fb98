import type { Page } from '@playwright/test';
import { screens } from './screens.ts';
import { expect, lookUp, lookupOf, matchesOf, test, verdictOf } from './visit.ts';

/** What is wrong with how the element that has the focus looks, and which of the tab stops it is. */
function lookAtFocus(): { stop: number; wrong: string[] } {
  let element = document.activeElement as HTMLElement;
  while (element.shadowRoot?.activeElement) {
    element = element.shadowRoot.activeElement as HTMLElement;
  }
  const stops = (window as unknown as { tabStops: Element[] }).tabStops;
  const wrong: string[] = [];
  const says = element.outerHTML.slice(0, 90);

  type Color = [number, number, number, number];
  const colorOf = (text: string): Color => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return [red, green, blue, alpha];
  };
  const luminance = ([red, green, blue]: Color): number => {
    const [r = 0, g = 0, b = 0] = [red, green, blue].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one: Color, other: Color): number => {
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const paperBelow = (from: Element | null): Color => {
    for (let at = from; at; at = at.parentElement) {
      const color = colorOf(getComputedStyle(at).backgroundColor);
      if (color[3] === 1) return color;
    }
    return [255, 255, 255, 1];
  };

  const style = getComputedStyle(element);
  const width = Number.parseFloat(style.outlineWidth);
  if (style.outlineStyle !== 'solid' || width < 2) wrong.push(`no outline: ${says}`);
  const seen = contrast(colorOf(style.outlineColor), paperBelow(element.parentElement));
  if (seen < 3) wrong.push(`an outline of contrast ${seen.toFixed(1)}: ${says}`);

  const [box] = element.getClientRects();
  if (!box) return { stop: stops.indexOf(element), wrong: [...wrong, `not there to see: ${says}`] };
  const fits = box.height < innerHeight;
  const isInView =
    box.left >= 0 && box.right <= innerWidth + 1 && (fits ? box.top >= -1 : box.top < innerHeight);
  if (!isInView || (fits && box.bottom > innerHeight + 1)) wrong.push(`out of view: ${says}`);
  const middle = (element.getRootNode() as Document | ShadowRoot).elementFromPoint(
    box.left + box.width / 2,
    Math.min(box.top + box.height / 2, innerHeight - 1),
  );
  if (!middle || !(element.contains(middle) || middle.contains(element))) {
    wrong.push(`covered by ${middle?.outerHTML.slice(0, 60)}: ${says}`);
  }

  const reach = width + Number.parseFloat(style.outlineOffset);
  const whole = element.getBoundingClientRect();
  for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
    if (getComputedStyle(at).overflowX === 'visible') continue;
    const frame = at.getBoundingClientRect();
    const isCutLeft = whole.left - reach < frame.left;
    const isCutRight = whole.right + reach > frame.right + 1;
    // A browser scrolls what has the focus into a frame, and not always its outline: one side may go.
    const mayCut = at.scrollWidth > at.clientWidth ? 1 : 0;
    if (Number(isCutLeft) + Number(isCutRight) > mayCut) {
      wrong.push(`an outline that is cut off: ${says}`);
    }
  }
  return { stop: stops.indexOf(element), wrong };
}

/** Keeps what the tab key should reach, in the order of the page, and starts before the first. */
function prepareTabStops(): number {
  const reachable = 'a[href], button, input, select, summary, [tabindex="0"]';
  const within = (root: ParentNode): HTMLElement[] =>
    Array.from(root.querySelectorAll<HTMLElement>(`${reachable}, backup-first-lookup`)).flatMap(
      (one) => (one.shadowRoot ? within(one.shadowRoot) : [one]),
    );
  const stops = within(document).filter((element) => {
    if (element.matches(':disabled') || element.getClientRects().length === 0) return false;
    const folded = element.closest('details:not([open])');
    if (folded && !element.matches('summary')) return false;
    if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
    const group = Array.from(
      document.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${element.name}"]`),
    );
    return element === (group.filter(({ checked }) => checked)[0] ?? group[0]);
  });
  (window as unknown as { tabStops: Element[] }).tabStops = stops;
  stops[0]?.focus();
  return stops.length;
}

async function expectTabGoesThrough(page: Page): Promise<void> {
  const stops = await page.evaluate(prepareTabStops);
  expect(stops).toBeGreaterThan(8);
  for (let stop = 0; stop < stops; stop += 1) {
    if (stop > 0) await page.keyboard.press('Tab');
    const seen = await page.evaluate(lookAtFocus);
    expect(seen.stop, 'the place in the order of the page').toBe(stop);
    expect.soft(seen.wrong).toEqual([]);
  }
}

for (const { name, open } of screens) {
  test(`the tab key goes through ${name} in order, and one sees where`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width: 320, height: 568 });
    await open(page);
    // What a frame shows is a page of its own, in look-up-on-another-site.spec.ts.
    await page.evaluate(() => document.querySelectorAll('iframe').forEach((one) => one.remove()));
    await expectTabGoesThrough(page);
  });
}

for (const media of [
  { colorScheme: 'dark' },
  { forcedColors: 'active' },
  { forcedColors: 'active', colorScheme: 'dark' },
] as const) {
  test(`one sees where the focus is with ${JSON.stringify(media)}`, async ({ page }) => {
    await page.emulateMedia(media);
    await page.goto('/check/?device=ipad-2');
    await expect(verdictOf(page)).toBeVisible();
    await expectTabGoesThrough(page);
  });
}

test('the skip link is the first stop, comes into view, and leads past the navigation', async ({
  page,
}) => {
  await page.goto('/guides/ios-14/');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.locator('main a').first()).toBeFocused();
});

/** Fails where the focus has fallen to the page itself. */
async function expectFocusKept(page: Page, after: string): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.tagName), { message: after })
    .not.toBe('BODY');
}

test('whatever one does in the checker, the focus stays with it', async ({ page }) => {
  await lookUp(page, 'iphone 7');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(verdictOf(page)).toBeFocused();

  await page.goBack();
  await expect(lookupOf(page)).toBeFocused();
  await page.goForward();
  await expect(verdictOf(page)).toBeVisible();
  await expectFocusKept(page, 'Forward');

  await page.getByRole('button', { name: 'Choose another device' }).press('Enter');
  await expect(lookupOf(page)).toBeFocused();
  await page.keyboard.type('iphone 6s');
  await matchesOf(page).first().click();
  await expect(verdictOf(page)).toBeFocused();

  await page.getByLabel('Asking about').focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByLabel('Asking about')).toBeFocused();

  const computers = page.getByRole('group', { name: 'Which computer can you use?' });
  await computers.getByLabel('Windows').press('Space');
  await expect(computers.getByLabel('Windows')).toBeFocused();
  const password = page.getByRole('group', { name: 'Do you want a password' });
  await password.getByLabel('Yes').press('Space');
  await expect(password.getByLabel('Yes')).toBeFocused();
  await computers.getByLabel('None').press('Space');
  await expect(password).toHaveCount(0);
  await expect(computers.getByLabel('None')).toBeFocused();

  await page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' }).press('Space');
  await page.getByRole('button', { name: 'Clear my ticks' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Clear my ticks' })).toHaveCount(0);
  await expect(
    page.getByRole('heading', { name: 'Your checklist for the iPhone 6s' }),
  ).toBeFocused();

  await lookupOf(page).press('Escape');
  await expect(lookupOf(page)).toHaveValue('');
  await expect(lookupOf(page)).toBeFocused();
});

test('a question that Back takes away leaves the focus at the verdict', async ({ page }) => {
  await page.goto('/check/?device=iphone-6s&computer=none');
  const password = page.getByRole('group', { name: 'Do you want a password' });
  await page.getByLabel('Windows', { exact: true }).check();
  await password.getByLabel('Yes').check();
  await expect(password.getByLabel('Yes')).toBeFocused();
  await page.goBack();
  await expectFocusKept(page, 'the first Back');
  await page.goBack();
  await expect(password).toHaveCount(0);
  await expect(verdictOf(page)).toBeFocused();
});

test('a device from the list by family takes the focus to its verdict', async ({ page }) => {
  await page.goto('/check/');
  await page.getByText('Choose from a list instead').press('Enter');
  await page.getByLabel('Family').selectOption('iPod touch');
  await page.getByRole('button', { name: 'iPod touch (7th generation)' }).press('Enter');
  await expect(verdictOf(page)).toBeFocused();
});

test('where reading goes on after a choice is outlined for the keyboard', async ({ page }) => {
  await lookUp(page, 'A1633');
  await page.keyboard.press('Enter');
  await expect(verdictOf(page)).toBeFocused();
  await expect(verdictOf(page)).toHaveCSS('outline-style', 'solid');
});
