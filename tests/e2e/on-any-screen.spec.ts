import { expect, test, verdictOf } from './visit.ts';

const pages = [
  '/', '/check/', '/check/?find=ipad', '/check/?device=iphone-6s&computer=windows&now=13.7',
  '/checklist/', '/guides/', '/guides/ios-14/', '/guides/when-it-goes-wrong/', '/guides/linux-backup/', '/guides/which-backup/', '/search/?q=error 4013', '/releases/', '/releases/ios-14/', '/about/', '/404.html',
]; // prettier-ignore

for (const width of [320, 390, 768, 1280]) {
  test(`at ${width} pixels nothing sticks out sideways`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    for (const address of pages) {
      await page.goto(address);
      if (address.includes('device=')) await expect(verdictOf(page)).toBeVisible();
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide, address).toBeLessThanOrEqual(0);
    }
  });
}

test('what can be pressed is at least 44 pixels high on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  await page.goto('/check/?device=iphone-6s');
  await expect(verdictOf(page)).toBeVisible();
  const small = await page
    .locator(
      'button:visible, select:visible, input[type=text]:visible, label.choice, label.step-title, nav a, summary:visible',
    )
    .evaluateAll((elements) =>
      elements
        .filter((element) => element.getBoundingClientRect().height < 44)
        .map((element) => element.outerHTML.slice(0, 80)),
    );
  expect(small).toEqual([]);
});

test('in the dark the page is dark, and the verdict readable', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/check/?device=iphone-6s');
  await expect(verdictOf(page)).toBeVisible();
  const [paper, ink] = await page.evaluate(() => {
    const style = getComputedStyle(document.body);
    return [style.backgroundColor, style.color].map((color) => Number(/\d+/.exec(color)?.[0]));
  });
  expect(paper).toBeLessThan(60);
  expect(ink).toBeGreaterThan(200);
});
