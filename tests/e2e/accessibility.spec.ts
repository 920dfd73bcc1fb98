import { readdirSync, readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { builtFiles, guidesBesides, screens } from './screens.ts';
import { expect, test } from './visit.ts';

const rules = [
  'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice',
]; // prettier-ignore

/** Of all rules, those that a change of colors can break. */
const rulesOfColor = ['color-contrast', 'link-in-text-block'];

const otherColors = {
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  'forced colors': { colorScheme: 'dark', forcedColors: 'active' },
} as const;

async function expectNothing(axe: AxeBuilder, when: string): Promise<void> {
  // Without frames to look into, the mode that opens no second page is twice as fast.
  const { violations } = await axe.setLegacyMode().analyze();
  expect
    .soft(
      violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
      when,
    )
    .toEqual([]);
}

async function expectNothingOfAxe(page: Page): Promise<void> {
  await expectNothing(new AxeBuilder({ page }).withTags(rules), 'in light');
  for (const [name, media] of Object.entries(otherColors)) {
    await page.emulateMedia(media);
    await expectNothing(new AxeBuilder({ page }).withRules(rulesOfColor), `in ${name}`);
  }
}

/** Of a table that is wider than the screen, axe judges only the columns in view. */
async function expectNothingInWideTables(page: Page): Promise<void> {
  if ((await page.locator('.table-frame').count()) === 0) return;
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const [name, media] of Object.entries({ light: null, ...otherColors })) {
    await page.emulateMedia(media ?? { colorScheme: 'light', forcedColors: 'none' });
    const axe = new AxeBuilder({ page }).include('.table-frame').withRules(rulesOfColor);
    await expectNothing(axe, `tables in ${name}`);
  }
}

for (const [size, device] of Object.entries({
  '320 pixels wide': { viewport: { width: 320, height: 568 } },
  'at 400% zoom': { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 },
})) {
  test.describe(size, () => {
    test.use(device);
    for (const { name, open } of screens) {
      test(`axe finds nothing on ${name} in light, dark and forced colors`, async ({ page }) => {
        await open(page);
        await expectNothingOfAxe(page);
        await expectNothingInWideTables(page);
      });
    }
  });
}

test.describe('every other guide', () => {
  test.use({ viewport: { width: 320, height: 568 } });
  for (const address of guidesBesides(screens)) {
    test(`axe finds nothing on ${address} in light, dark and forced colors`, async ({ page }) => {
      await page.goto(address);
      await expectNothingOfAxe(page);
      await expectNothingInWideTables(page);
    });
  }
});

test('axe knows the rules it is asked for, up to those of WCAG 2.2', async ({ page }) => {
  await page.goto('/');
  const { passes } = await new AxeBuilder({ page }).withTags(rules).setLegacyMode().analyze();
  const known = passes.map(({ id }) => id);
  expect(known).toEqual(
    expect.arrayContaining([rulesOfColor[0], 'target-size', 'region', 'label']),
  );
});

test('every page says its language and direction, and has its landmarks', async ({ page }) => {
  test.slow();
  for (const { name, open } of screens) {
    await open(page);
    await expect(page.locator('html'), name).toHaveAttribute('lang', 'en-US');
    await expect(page.locator('html'), name).toHaveAttribute('dir', 'ltr');
    for (const landmark of ['banner', 'main', 'contentinfo'] as const) {
      await expect(page.getByRole(landmark), name).toHaveCount(1);
    }
    await expect(page.getByRole('heading', { level: 1 }), name).toHaveCount(1);
    await expect(page.getByRole('navigation', { name: 'Main' }), name).toHaveCount(1);
    await expect(
      page.getByRole('contentinfo').getByRole('link', { name: 'Accessibility' }),
    ).toHaveAttribute('href', '/accessibility/');
  }
});

test('no two pages have the same title', () => {
  const titles = builtFiles().map(
    (file) => /<title>(.*?)<\/title>/s.exec(readFileSync(`dist/${file}`, 'utf8'))?.[1],
  );
  expect(titles.length).toBeGreaterThan(readdirSync('src/content/guides').length);
  expect(titles).not.toContain(undefined);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

test('links say where they lead: the same words, the same place, and never "here"', async ({
  page,
}) => {
  test.slow();
  for (const { name, open } of screens) {
    await open(page);
    const links = await page.locator('a[href]').evaluateAll((anchors) =>
      anchors.map((anchor) => ({
        words: (anchor.getAttribute('aria-label') ?? anchor.textContent)
          .replace(/\s+/g, ' ')
          .trim(),
        to: (anchor as HTMLAnchorElement).href,
      })),
    );
    const vague = links.filter(({ words }) =>
      /^$|^(click )?here$|^(read )?more$|^link$/i.test(words),
    );
    expect.soft(vague, `${name}: links that say nothing`).toEqual([]);
    const misleading = links.filter(({ words, to }) =>
      links.some((other) => other.words === words && other.to !== to),
    );
    expect.soft(misleading, `${name}: the same words for two places`).toEqual([]);
  }
});

test('no picture holds text, and each is described or only decoration', async ({ page }) => {
  test.slow();
  let pictures = 0;
  for (const { name, open } of screens) {
    await open(page);
    await expect(page.locator('svg text, canvas, img, picture, video'), name).toHaveCount(0);
    const drawings = await page.locator('svg').evaluateAll((found) =>
      found.map((drawing) => ({
        decoration: drawing.getAttribute('aria-hidden') === 'true',
        described:
          drawing.getAttribute('role') === 'img' &&
          (drawing.getAttribute('aria-label') ?? '').length > 20,
      })),
    );
    pictures += drawings.length;
    expect(
      drawings.filter(({ decoration, described }) => decoration === described),
      name,
    ).toEqual([]);
    const backgrounds = await page.locator('main *').evaluateAll((all) =>
      // What the widget stands in for has no style at all.
      all
        .filter((element) => !['none', ''].includes(getComputedStyle(element).backgroundImage))
        .map(String),
    );
    expect(backgrounds, name).toEqual([]);
  }
  expect(pictures).toBeGreaterThan(10);
});

test('an answer that cannot be read is tied to its field', async ({ page }) => {
  await page.goto('/check/?device=iphone-6s');
  const field = page.getByLabel('Version it has now', { exact: true });
  await expect(field).toHaveAttribute('aria-invalid', 'false');
  await expect(field).toHaveAccessibleDescription(/a number such as 13\.7\.$/);
  await field.fill('nonsense');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(/not a version we can read/);
});

test('the statement says what is tested, what is not, and whom to tell', async ({ page }) => {
  await page.goto('/about/');
  await page.getByRole('main').getByRole('link', { name: 'Accessibility' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Accessibility');
  await expect(page.getByRole('heading', { level: 2 })).toHaveText([
    'What can I count on?',
    'How is it tested?',
    'What is not tested, or not as good?',
    'How do old phones fare?',
    'Can I turn off the key for the search?',
    'How do I tell you about a problem?',
  ]);
  await expect(page.getByText('WCAG 2.2, level AA')).toBeVisible();
});
