import { printOn } from './paper.ts';
import { expect, test, verdictOf } from './visit.ts';

/** The answers that make the longest list, for devices of different kinds. */
const everything =
  'icloud=not-enough&encrypted=yes&space=tight&uses=watch,whatsapp,authenticator,esim,cards,work';
const plans = [
  '?device=iphone-6s',
  `?device=iphone-6s&computer=windows&${everything}`,
  `?device=iphone-xr&computer=old-mac&${everything}`,
  `?device=iphone-12&now=14.4&computer=mac&${everything}`,
  `?device=ipad-8th-generation&computer=linux&${everything}`,
  `?device=iphone-se-1st-generation&${everything}`,
  '?device=ipad-2&computer=none',
];

for (const format of ['A4', 'Letter'] as const) {
  for (const plan of plans) {
    test(`${format}: one or two clean pages, nothing cut off, for ${plan}`, async ({ page }) => {
      await page.goto(`/check/${plan}`);
      const verdict = await verdictOf(page).innerText();
      const steps = await page.locator('.step-title').allInnerTexts();
      const paper = await printOn(page, format);
      expect(paper.pages).toBeLessThanOrEqual(2);
      expect(paper.whole).toBe(true);
      expect(paper.text).toContain(verdict);
      expect(paper.text).toContain('Facts of October 5, 2026.');
      expect(paper.text.replace(/ /g, '')).toContain(page.url().replace(/%2C/g, ','));
      for (const step of steps) {
        expect(paper.text).toContain(step.replace(/ *Recommended/, '').trim());
      }
      for (const chrome of ['Checklist Which model?', 'A few questions', 'Print it', 'no cookie']) {
        expect(paper.text).not.toContain(chrome);
      }
    });
  }

  test(`${format}: the general checklist prints on two pages with its address`, async ({
    page,
  }) => {
    await page.goto('/checklist/');
    const paper = await printOn(page, format);
    expect(paper.pages).toBeLessThanOrEqual(2);
    expect(paper.whole).toBe(true);
    expect(paper.text).toContain('/checklist/');
    expect(paper.text).toContain('Do not try to go back to an older version');
  });
}

test('boxes print empty, to tick by hand, even where the screen has them ticked', async ({
  page,
}) => {
  await page.goto('/check/?device=iphone-6s');
  const box = page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' });
  await box.check();
  await page.emulateMedia({ media: 'print' });
  const style = await box.evaluate((element) => {
    const { appearance, borderTopWidth, backgroundColor } = getComputedStyle(element);
    return { appearance, borderTopWidth, backgroundColor };
  });
  expect(style).toMatchObject({ appearance: 'none', backgroundColor: 'rgb(255, 255, 255)' });
  expect(Number.parseFloat(style.borderTopWidth)).toBeGreaterThan(0.5);
});

test('the print button prints', async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => {
      document.title = 'printed';
    };
  });
  await page.goto('/check/?device=iphone-6s');
  await page.getByRole('button', { name: 'Print it' }).click();
  await expect(page).toHaveTitle('printed');
});
