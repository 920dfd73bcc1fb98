import { readdirSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, lookUp, test, verdictOf } from './visit.ts';

const pages = [
  '/', '/check/', '/check/?device=iphone-6s&now=nonsense&computer=mac&uses=watch',
  '/checklist/', '/guides/', '/releases/', '/releases/ios-14/', '/search/', '/about/', '/404.html',
]; // prettier-ignore

const guides = readdirSync('src/content/guides').map(
  (file) => `/guides/${file.replace('.mdx', '')}/`,
);

for (const colorScheme of ['light', 'dark'] as const) {
  for (const address of [...pages, ...guides]) {
    test(`axe finds nothing on ${address} in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(address);
      if (address.includes('device=')) await expect(verdictOf(page)).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    });
  }
}

test('axe finds nothing while the list of matches is open', async ({ page }) => {
  await lookUp(page, 'iphone');
  await page.keyboard.press('ArrowDown');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
});
