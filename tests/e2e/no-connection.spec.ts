import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { astro, copyOfProject, runIn } from '../unit/project.ts';
import { publisher, type Publisher } from './publisher.ts';
import { lookupOf, matchesOf, verdictOf } from './visit.ts';

const test = base.extend<{ host: Publisher }>({
  // Playwright reads what a fixture needs from this pattern.

  host: async ({}, use) => {
    const host = await publisher('dist');
    await use(host);
    await host.cut().catch(() => undefined);
  },
});
test.use({ serviceWorkers: 'allow' });

const chargeIt = { name: 'Charge it and join Wi-Fi' };

test('after one visit, a started checklist goes on without a connection', async ({
  page,
  host,
}) => {
  await visit(page, `${host.origin}/check/?device=iphone-6s&computer=mac`);
  await page.getByRole('checkbox', chargeIt).check();
  await host.cut();
  await page.reload();
  await expect(verdictOf(page)).toContainText('iPhone 6s');
  await expect(page.getByRole('checkbox', chargeIt)).toBeChecked();
  await page.getByRole('checkbox', { name: 'Archive the backup' }).check();
  await page.reload();
  await expect(page.getByRole('checkbox', { name: 'Archive the backup' })).toBeChecked();
});

test('after one visit of any page, the checker and every guide work without a connection', async ({
  page,
  host,
}) => {
  await visit(page, `${host.origin}/about/`);
  await host.cut();
  await page.goto(`${host.origin}/guides/`);
  const guides = await page
    .locator('main a[href*="/guides/"]')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  expect(new Set(guides).size).toBeGreaterThanOrEqual(20);
  for (const guide of new Set(guides)) {
    await page.goto(guide);
    await expect(page.locator('h1'), guide).toBeVisible();
    // Styled too: the accent of the links is not the browser's blue.
    await expect(page.locator('main a').first(), guide).toHaveCSS('color', 'rgb(11, 87, 117)');
  }
  await page.goto(`${host.origin}/check/`);
  await lookupOf(page).pressSequentially('ihpone 8');
  await expect(matchesOf(page).first()).toContainText('iPhone 8');
  await matchesOf(page).first().click();
  await expect(verdictOf(page)).toContainText('iPhone 8');
});

test('without a connection, a page never visited says so, and one visited before is there', async ({
  page,
  host,
}) => {
  await visit(page, `${host.origin}/releases/ios-12/`);
  await page.goto(`${host.origin}/releases/ios-11/`);
  await host.cut();
  for (const visited of ['ios-12', 'ios-11']) {
    await page.goto(`${host.origin}/releases/${visited}/`);
    await expect(page.getByRole('table').first()).toBeVisible();
  }
  await page.goto(`${host.origin}/releases/ios-7/`);
  await expect(page.locator('h1')).toContainText('this page is not saved here');
  await page.getByRole('link', { name: 'Check a device' }).first().click();
  await expect(lookupOf(page)).toBeVisible();
  await page.goto(`${host.origin}/search/?q=error`);
  await expect(page.locator('#search-status')).toContainText('there is no connection');
  await host.connect();
  await page.goto(`${host.origin}/releases/ios-7/`);
  await expect(page.getByRole('table').first()).toBeVisible();
});

test('the site can be put on the home screen', async ({ page, host }) => {
  await visit(page, `${host.origin}/check/`);
  const devtools = await page.context().newCDPSession(page);
  const { errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // A private window, which this is, cannot install anything.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
  await expect(page.locator('link[rel=apple-touch-icon]')).toHaveAttribute('href', /180\.png$/);
  expect((await page.request.get(`${host.origin}/icons/180.png`)).ok()).toBe(true);
});

test('a server that fails or dawdles is no worse than none', async ({ page, host }) => {
  await visit(page, `${host.origin}/check/?device=iphone-6s`);
  host.fail(true);
  await page.reload();
  await expect(verdictOf(page)).toContainText('iPhone 6s');
  host.fail(false);
  host.slowDown(60_000);
  await page.goto(`${host.origin}/guides/ios-14/`);
  await expect(page.locator('h1')).toBeVisible();
});

test('a browser that refuses to keep anything shows the site all the same', async ({
  page,
  host,
}) => {
  await page.addInitScript(() => {
    navigator.serviceWorker.register = () => Promise.reject(new Error('no'));
  });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${host.origin}/check/?device=iphone-6s`);
  await expect(verdictOf(page)).toContainText('iPhone 6s');
  expect(errors).toEqual([]);
});

test.describe('a new build, published while visitors use the one before', () => {
  const project = copyOfProject();
  const newBuild = join(project.folder, 'dist');

  test.beforeAll(() => {
    test.setTimeout(120_000);
    rewrite('src/components/checker/Plan.tsx', (source) =>
      source.replace(/^/, '/* changed */ (globalThis as { newPlan?: boolean }).newPlan = true;\n'),
    );
    rewrite('src/components/checker/Checker.tsx', (source) =>
      source.replace('<div class="checker">', '<div class="checker new-checker">'),
    );
    rewrite('src/styles/base.css', (source) => `${source}\nbody { outline: 1px solid red; }\n`);
    rewrite('src/pages/check.astro', (source) =>
      source.replace('Can my device take this update?', 'The new question'),
    );
    const built = runIn(project.folder, [astro, 'build']);
    expect(built.status, built.said).toBe(0);
    const made = spawnSync(process.execPath, [resolve('scripts/make-offline.ts'), newBuild]);
    expect(made.status, String(made.stderr)).toBe(0);
  });
  test.afterAll(() => project.remove());

  test('a page that is open goes on with its own files, and the next load is all new, ticks kept', async ({
    page,
    host,
  }) => {
    const missing: string[] = [];
    page.on('response', (response) => {
      if (response.status() >= 400) missing.push(response.url());
    });
    await visit(page, `${host.origin}/check/?device=iphone-6s`);
    await page.getByRole('checkbox', chargeIt).check();
    // Open, and with nothing of the lookup loaded yet.
    await page.goto(`${host.origin}/check/`);
    const other = await page.context().newPage();
    host.publish(newBuild);
    await visit(other, `${host.origin}/about/`);
    await newBuildIsKept(other);

    await lookupOf(page).pressSequentially('6s plus');
    await matchesOf(page).first().click();
    await expect(verdictOf(page)).toContainText('iPhone 6s Plus');
    expect(await generation(page)).toBe('old');

    await page.goto(`${host.origin}/check/?device=iphone-6s`);
    await expect(verdictOf(page)).toContainText('iPhone 6s');
    await expect(page.getByRole('checkbox', chargeIt)).toBeChecked();
    expect(await generation(page)).toBe('new');

    await host.cut();
    await page.reload();
    await expect(verdictOf(page)).toContainText('iPhone 6s');
    await expect(page.getByRole('checkbox', chargeIt)).toBeChecked();
    expect(await generation(page)).toBe('new');
    expect(missing).toEqual([]);
  });

  test('a copy that is cut off half-way is not used: all old or all new, never between', async ({
    page,
    host,
  }) => {
    await visit(page, `${host.origin}/check/?device=iphone-6s`);
    // The new list of files, while the host still has the old ones: none fits its hash.
    const mixed = copyOfProject();
    try {
      spawnSync('cp', ['-r', resolve('dist'), join(mixed.folder, 'mixed')]);
      writeFileSync(join(mixed.folder, 'mixed/sw.js'), readFileSync(join(newBuild, 'sw.js')));
      host.publish(join(mixed.folder, 'mixed'));
      const failed = await page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        await registration.update();
        const installing = registration.installing;
        if (!installing) return 'nothing new was seen';
        return new Promise<string>((done) => {
          installing.addEventListener('statechange', () => done(installing.state));
        });
      });
      expect(failed).toBe('redundant');
      await host.cut();
      await page.reload();
      await expect(verdictOf(page)).toContainText('iPhone 6s');
      expect(await generation(page)).toBe('old');
    } finally {
      mixed.remove();
    }
  });

  function rewrite(file: string, change: (source: string) => string): void {
    const path = join(project.folder, file);
    const source = readFileSync(path, 'utf8');
    const changed = change(source);
    expect(changed, file).not.toBe(source);
    writeFileSync(path, changed);
  }
});

/** Opens a page and waits until the site is kept. */
async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((done) =>
      navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }),
    );
  });
}

async function newBuildIsKept(page: Page): Promise<void> {
  const kept = (): Promise<string | undefined> =>
    page.evaluate(async () => (await caches.match('/check/', { ignoreSearch: true }))?.text());
  await expect.poll(kept).toContain('The new question');
}

/** Which build every part of the page is of; "mixed" when not all of one. */
async function generation(page: Page): Promise<'old' | 'new' | 'mixed'> {
  const parts = await page.evaluate(() => [
    document.querySelector('h1')?.textContent === 'The new question',
    document.querySelector('.checker')?.classList.contains('new-checker') ?? false,
    (globalThis as { newPlan?: boolean }).newPlan ?? false,
    getComputedStyle(document.body).outlineStyle === 'solid',
  ]);
  if (parts.every((part) => part)) return 'new';
  return parts.some((part) => part) ? 'mixed' : 'old';
}
