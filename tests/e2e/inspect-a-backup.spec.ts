import AxeBuilder from '@axe-core/playwright';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { makeBackup, type BackupPlan } from '../backup/makeBackup.ts';
import type { Damage } from '../backup/damage.ts';
import { expect, test, verdictOf } from './visit.ts';

const place = mkdtempSync(join(tmpdir(), 'backups-'));
test.afterAll(() => rmSync(place, { recursive: true, force: true }));

const password = 'Käse & Brot 12';
const today: BackupPlan = { date: new Date(Date.now() - 3_600_000) };
const encrypted: BackupPlan = { ...today, encrypted: { password } };
let made = 0;

/** @returns the folder of a new backup */
function backup(plan: BackupPlan = today, damages: Damage[] = [], name?: string): string {
  made += 1;
  const folder = join(place, name ?? `backup-${made}`);
  makeBackup(folder, plan, damages);
  return folder;
}

const folderInput = (page: Page): Locator => page.locator('input[webkitdirectory]');
const passwordField = (page: Page): Locator => page.getByLabel('The password of this backup');

async function give(page: Page, folder: string, address = '/verify/'): Promise<void> {
  await page.goto(address);
  await folderInput(page).setInputFiles(folder);
  await expect(verdictOf(page)).toBeVisible({ timeout: 20_000 });
}

async function tryPassword(page: Page, text: string): Promise<void> {
  await passwordField(page).fill(text);
  await page.getByRole('button', { name: 'Check with this password' }).click();
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 20_000 });
}

test('an encrypted backup of today, with its password, is safe, and every kind was opened', async ({
  page,
}) => {
  await give(page, backup(encrypted));
  await expect(verdictOf(page)).toContainText('cannot tell yet');
  await tryPassword(page, password);
  await expect(verdictOf(page)).toHaveText('This backup is whole. You can update.');
  await expect(verdictOf(page)).toBeFocused();
  await expect(page.getByRole('row', { name: /^Device/ })).toContainText('iPhone 6s');
  await expect(page.getByRole('row', { name: /^Opened for proof/ })).toContainText('Health data');
});

test('a wrong password says so, keeps the rest and what was typed, and can be tried again', async ({
  page,
}) => {
  await give(page, backup(encrypted));
  await tryPassword(page, 'nope');
  await expect(verdictOf(page)).toContainText('Do not update yet');
  await expect(page.getByText('The password does not open this backup.')).toBeVisible();
  await expect(passwordField(page)).toHaveValue('nope');
  await expect(page.getByRole('row', { name: /^Device/ })).toContainText('iPhone 6s');
  await tryPassword(page, password);
  await expect(verdictOf(page)).toHaveText('This backup is whole. You can update.');
});

for (const [what, plan, address, reason] of [
  ['without a password', today, '/verify/', 'It is not encrypted'],
  [
    'older than a day',
    { ...encrypted, date: new Date(Date.now() - 3e8) },
    '/verify/',
    'It is older than a day',
  ],
  ['of another device', encrypted, '/verify/?device=iphone-12', 'another model than the one'],
] as const) {
  test(`a whole backup ${what} is safe, but says so`, async ({ page }) => {
    await give(page, backup(plan), address);
    if ('encrypted' in plan) await tryPassword(page, password);
    await expect(verdictOf(page)).toContainText('is whole, but');
    await expect(page.locator('.verdict-reasons')).toContainText(reason);
  });
}

const damages: [string, Damage[], string, BackupPlan?][] = [
  ['was never finished', [{ kind: 'unfinished' }], 'never finished'],
  ['lacks files', [{ kind: 'missing', count: 3 }], 'are not there'],
  ['has files cut short', [{ kind: 'cut-short', count: 2 }], 'shorter than the index says'],
  ['has an index cut off', [{ kind: 'truncated-index' }], 'cannot be read'],
  ['has no index', [{ kind: 'no-index' }], 'index that says which file is which is missing'],
  ['has no Info.plist', [{ kind: 'no-info' }], 'Info.plist is missing or damaged'],
  ['has no Status.plist', [{ kind: 'no-status' }], 'does not say that the backup was finished'],
  ['has a file listed twice', [{ kind: 'listed-twice' }], 'contradicts itself'],
  ['has a wrong number', [{ kind: 'wrong-id' }], 'contradicts itself'],
  ['has an unreadable entry', [{ kind: 'bad-record' }], 'contradicts itself'],
  ['has a plist made to hang a reader', [{ kind: 'hostile-plist' }], ''],
];
for (const [what, damage, reason] of damages) {
  test(`a backup that ${what} is not to be trusted`, async ({ page }) => {
    await give(page, backup(today, damage));
    await expect(verdictOf(page)).toContainText('Do not update yet');
    await expect(page.locator('.verdict-reasons')).toContainText(reason);
  });
}

test('missing files are grouped by what they would cost', async ({ page }) => {
  await give(page, backup(today, [{ kind: 'missing', count: 3 }]));
  const faults = page.getByRole('region', { name: /what it would cost/ });
  await expect(faults).toContainText('Photos and videos: 1 file missing');
  await faults.getByText('Which').first().click();
  await expect(faults).toContainText('Media/DCIM');
});

test('files of an encrypted backup that no longer decrypt are found', async ({ page }) => {
  await give(page, backup(encrypted, [{ kind: 'wrong-key', count: 4 }]));
  await tryPassword(page, password);
  await expect(page.locator('.verdict-reasons')).toContainText('files do not open with it');
});

test('a key bag that asks for four billion rounds is refused with a sentence', async ({ page }) => {
  await give(page, backup(encrypted, [{ kind: 'hostile-key-bag' }]));
  await tryPassword(page, password);
  await expect(verdictOf(page)).toContainText('Do not update yet');
});

test('a backup from before iOS 10 is recognized, and said not to be read', async ({ page }) => {
  await give(page, backup({ ...today, era: 'mbdb' }));
  await expect(verdictOf(page)).toContainText('cannot tell yet');
  await expect(page.locator('.verdict-reasons')).toContainText('iOS 9 or earlier');
  await expect(page.getByRole('row', { name: /^Device/ })).toBeVisible();
});

test('the four index files alone are judged as far as they go', async ({ page }) => {
  const folder = backup();
  await page.goto('/verify/');
  await page.getByText('Cannot choose a folder?').click();
  await page.locator('input[type=file]:not([webkitdirectory])').setInputFiles(
    readdirSync(folder)
      .filter((name) => name.includes('.'))
      .map((name) => join(folder, name)),
  );
  await expect(verdictOf(page)).toContainText('cannot tell yet');
  await expect(page.locator('.verdict-reasons')).toContainText('Only the index was given');
});

test('of several backups the visitor chooses, and is told when it is not the newest', async ({
  page,
}) => {
  backup({ ...encrypted, date: new Date(Date.now() - 20_000_000) }, [], 'many/one');
  backup(encrypted, [], 'many/two');
  await page.goto('/verify/');
  await folderInput(page).setInputFiles(join(place, 'many'));
  await expect(page.getByRole('heading', { name: '2 backups are in this folder' })).toBeVisible();
  await page.getByRole('button', { name: /one$/ }).click();
  await tryPassword(page, password);
  await expect(page.locator('.verdict-reasons')).toContainText('a newer backup of the same device');
});

test('a folder can be dropped on the page', async ({ page, context }) => {
  const folder = backup();
  await page.goto('/verify/');
  const box = await page.locator('.inspector').boundingBox();
  const session = await context.newCDPSession(page);
  const [x, y] = [(box?.x ?? 0) + 40, (box?.y ?? 0) + 40];
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items: [], files: [folder], dragOperationsMask: 1 };
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  }
  await expect(verdictOf(page)).toContainText('is whole, but');
  await expect(page.getByRole('row', { name: /^Files/ })).toContainText('60, ');
});

test('what is dropped and is no folder or file says what to do', async ({ page }) => {
  await page.goto('/verify/');
  await page.locator('.inspector').dispatchEvent('drop', {
    dataTransfer: await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.setData('text/plain', 'a word');
      return transfer;
    }),
  });
  await expect(page.getByRole('alert')).toContainText('There is no backup in what you chose');
});

test('contents are compared with what the index says of them, where the visitor asks', async ({
  page,
}) => {
  const changed: Damage = { kind: 'changed-bytes', of: 'sms.db' };
  await give(page, backup({ ...today, digests: true }, [changed]));
  await expect(verdictOf(page)).toContainText('is whole, but');
  await page.getByRole('button', { name: /^Compare the contents of/ }).click();
  await expect(verdictOf(page)).toContainText('Do not update yet');
  await expect(page.locator('.verdict-reasons')).toContainText('content of files is not what');
  await expect(page.getByRole('region', { name: /what it would cost/ })).toContainText('Messages');
});

test('an encrypted backup is compared without its password being asked for again', async ({
  page,
}) => {
  await give(page, backup({ ...encrypted, digests: true }));
  await tryPassword(page, password);
  await page.getByRole('button', { name: /^Compare the contents of/ }).click();
  await expect(page.getByRole('row', { name: /^Contents compared/ })).toBeVisible();
  await expect(verdictOf(page)).toHaveText('This backup is whole. You can update.');
});

test('a folder without a backup says what to choose instead', async ({ page }) => {
  await page.goto('/verify/');
  await folderInput(page).setInputFiles('docs/decisions');
  await expect(page.getByRole('alert')).toContainText('There is no backup in what you chose');
});

test('a long derivation can be cancelled, and the page goes on working', async ({ page }) => {
  const slow = { ...today, encrypted: { password, doubleIterations: 30_000_000 } };
  await give(page, backup(slow));
  await passwordField(page).fill(password);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Deriving the keys from the password')).toHaveCount(2);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await expect(passwordField(page)).toHaveValue(password);
  await folderInput(page).setInputFiles(backup());
  await expect(verdictOf(page)).toContainText('is whole, but');
});

test('the report is copied with numbers masked, and the proof goes to the checklist', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await give(page, backup());
  await page.getByRole('button', { name: 'Copy the report' }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  const shown = await page.locator('.report').innerText();
  for (const secret of ['EXAMPLE12345', '555-0143', '5550143']) expect(shown).not.toContain(secret);
  await page.getByRole('link', { name: 'Tick it off in my checklist' }).click();
  await expect(page).toHaveURL(/\/check\/\?device=iphone-6s$/);
  await page.getByLabel('Mac with macOS 10.15 or later', { exact: true }).check();
  await expect(page.getByText(/^Proven on .* 60 files/)).toBeVisible();
  await expect(page.locator('#step-prove-finder input')).toBeChecked();
  await page.getByRole('button', { name: 'Clear my ticks' }).click();
  await expect(page.getByText(/^Proven on/)).toHaveCount(0);
});

test('no byte of the backup, and no password, leaves the page or is stored', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    asked.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`);
  });
  await give(page, backup(encrypted));
  await tryPassword(page, password);
  await expect(verdictOf(page)).toHaveText('This backup is whole. You can update.');
  for (const request of asked) {
    expect(request).toMatch(
      /^GET http:\/\/localhost:\d+\/(verify\/|(_astro|workers)\/[\w.-]+|icon[\w./]*|manifest\.webmanifest)? $/,
    );
  }
  const kept = await page.evaluate(() =>
    JSON.stringify([localStorage, sessionStorage, document.cookie]),
  );
  expect(kept).toBe('[{},{},""]');
});

test.describe('even a script of ours', () => {
  test.use({ allowedErrors: /violates the (following|document's) Content Security Policy/ });

  test('could not send anything to another host', async ({ page }) => {
    await page.goto('/verify/');
    const sent = await page.evaluate(() =>
      fetch('https://example.com/?secret').then(
        () => 'sent',
        () => 'refused',
      ),
    );
    expect(sent).toBe('refused');
  });
});

test.describe('the report', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`has no accessibility violation, ${colorScheme}, at 320 pixels`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 320, height: 800 });
      await give(page, backup(encrypted, [{ kind: 'missing', count: 3 }]));
      await tryPassword(page, password);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide).toBeLessThanOrEqual(0);
    });
  }
});
