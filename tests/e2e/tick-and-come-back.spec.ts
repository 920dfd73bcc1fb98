import { expect, test } from './visit.ts';

const plan = '/check/?device=iphone-6s&computer=mac';

test('ticks survive a reload and another answer, belong to one device, and can be cleared', async ({
  page,
}) => {
  await page.goto(plan);
  await page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' }).check();
  await page.getByRole('checkbox', { name: 'Archive the backup' }).check();
  await expect(page.getByText(/^2 of \d+ steps done\.$/)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' })).toBeChecked();
  await page.getByLabel('Windows', { exact: true }).check();
  await expect(page.getByRole('checkbox', { name: 'Archive the backup' })).toBeChecked();

  await page.goto('/check/?device=iphone-7&computer=mac');
  await expect(page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' })).not.toBeChecked();

  await page.goto(plan);
  await page.getByRole('button', { name: 'Clear my ticks' }).click();
  await expect(page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' })).not.toBeChecked();
  await page.reload();
  await expect(page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' })).not.toBeChecked();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test('old ticks are questioned: a backup from last week is not today’s', async ({ page }) => {
  await page.goto('/about/');
  await page.evaluate(() =>
    localStorage.setItem('backup-first.ticks.iphone-6s', '{"power-and-wifi":"2026-01-05"}'),
  );
  await page.goto(plan);
  await expect(page.getByText('Some ticks are from January 5, 2026.')).toBeVisible();
});

for (const [what, spoil] of [
  [
    'full',
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    },
  ],
  [
    'forbidden',
    () => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('no', 'SecurityError');
        },
      });
    },
  ],
] as const) {
  // prettier-ignore
  test(`where storage is ${what} everything works, and the visitor is told that ticks are not kept`, async ({ page }) => {
    await page.addInitScript(spoil);
    await page.goto(plan);
    await page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' }).check();
    await expect(page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' })).toBeChecked();
    await expect(page.getByText('This browser does not keep ticks')).toBeVisible();
  });
}

test('spoilt storage is ignored', async ({ page }) => {
  await page.addInitScript(() => {
    localStorage.setItem('backup-first.ticks.iphone-6s', '{"power-and-wifi":{"a":1},"x":');
  });
  await page.goto(plan);
  await expect(page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' })).not.toBeChecked();
});
