import { expect, test, verdictOf } from './visit.ts';

test.use({
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 15_8 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.6 Mobile/15E148 Safari/604.1',
  viewport: { width: 375, height: 553 },
  screen: { width: 375, height: 667 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
});

test('on an iPhone the page offers a guess, and leaves the choice to the visitor', async ({
  page,
}) => {
  await page.goto('/check/');
  const guess = page.getByRole('region', { name: 'Is it the one you are holding?' });
  await expect(guess.getByRole('button')).toHaveText([
    'iPhone SE (3rd generation) 2022',
    'iPhone SE (2nd generation) 2020',
    'iPhone 8 2017',
    'iPhone 7 2016',
    'iPhone 6s 2015',
  ]);
  await expect(guess).toContainText('It is a guess');
  await expect(verdictOf(page)).toHaveCount(0);
  await guess.getByRole('button', { name: 'iPhone 7' }).tap();
  await expect(verdictOf(page)).toContainText('The iPhone 7 can run iOS 14');
});
