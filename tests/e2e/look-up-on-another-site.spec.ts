/**
 * The widget as others use it: on a page of another host, with styles and scripts that would break it
 * if they could. What is written here is what version 1 promises (docs/decisions/0013).
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Locator, type Page } from '@playwright/test';

const site = 'http://localhost:4399';
const tag = `<script src="${site}/widget/v1/widget.js" async></script>`;
const element =
  '<backup-first-lookup release="ios-14" theme="auto" lang="en"></backup-first-lookup>';
/** What pages do to all that is on them. */
const rudeStyles = `<style>
  html { font-size: 62.5%; }
  * { color: red !important; font: 30px/3 fantasy !important; box-sizing: content-box; display: block; }
  * { --ink: red; --paper: yellow; --accent: red; }
  input, ul, li, button, a { background: red !important; border: 20px solid red !important; }
  #lookup-input, .lookup, .verdict, .visually-hidden { display: none !important; }
</style>`;
const rudeScripts = `<script>
  window.seen = [];
  document.addEventListener('backup-first:select', function (event) { seen.push(event.detail); });
  Array.prototype.extra = function () {};
  Object.prototype.extra = 'extra';
  window.React = {}; window.preact = null; window.h = 1;
</script>`;
const strictPolicy = `default-src 'none'; script-src ${site}; frame-src ${site}`;

interface Elsewhere {
  /** Shows a page of another host. */
  show: (body: string, policy?: string) => Promise<void>;
}

const test = base.extend<Elsewhere>({
  show: async ({ page }, use) => {
    const answers = new Map<string, { body: string; policy: string | undefined }>();
    const server: Server = createServer((request, answer) => {
      const found = answers.get(request.url ?? '');
      if (found?.policy) answer.setHeader('Content-Security-Policy', found.policy);
      answer.setHeader('Content-Type', 'text/html; charset=utf-8');
      answer.end(
        `<!doctype html><html lang="de"><title>Blog</title><main><h1>Blog</h1>${found?.body ?? ''}</main>`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('favicon')) {
        wrong.push(message.text());
      }
    });
    await use(async (body, policy) => {
      answers.set('/page', { body, policy });
      await page.goto(`${origin}/page`);
    });
    server.close();
    expect(wrong).toEqual([]);
  },
});

const input = (page: Page): Locator =>
  page.getByRole('combobox', { name: 'Which device do you have?' });

test('a reader looks a device up, is told the verdict, and is led to the whole checklist', async ({
  page,
  show,
}) => {
  await show(tag + element);
  await input(page).pressSequentially('ihpone 6s');
  await page.getByRole('option').first().click();
  const verdict = page.getByRole('heading', { name: /you will get iOS 15\.8\.8 instead/ });
  await expect(verdict).toBeFocused();
  await expect(page.getByRole('link', { name: /my checklist for the iPhone 6s/ })).toHaveAttribute(
    'href',
    `${site}/check/?device=iphone-6s`,
  );
  await page.getByRole('button', { name: 'Choose another device' }).click();
  await expect(input(page)).toBeFocused();
  await expect(verdict).toHaveCount(0);
});

test('the keyboard alone does it, and the page around learns what was chosen', async ({
  page,
  show,
}) => {
  await show(rudeScripts + tag + element);
  await input(page).waitFor();
  await page.keyboard.press('Tab');
  await expect(input(page)).toBeFocused();
  await page.keyboard.type('A1633');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /iPhone 6s/ })).toBeFocused();
  expect(await page.evaluate(() => (window as unknown as { seen: unknown[] }).seen)).toEqual([
    {
      device: 'iphone-6s',
      verdict: 'superseded',
      release: 'ios-14',
      sentence:
        'The iPhone 6s can run iOS 14, but Apple no longer offers it: you will get iOS 15.8.8 instead.',
    },
  ]);
});

test('styles do not get in, and none get out', async ({ page, show }) => {
  const looks = (): Promise<unknown> =>
    page.evaluate(() => {
      const root = document.querySelector('backup-first-lookup')?.shadowRoot as ShadowRoot;
      return Array.from(root.querySelectorAll('.widget, label, input, .hint, a')).map((one) => {
        const { color, backgroundColor, fontSize, fontFamily, display, borderTopWidth } =
          getComputedStyle(one);
        return { color, backgroundColor, fontSize, fontFamily, display, borderTopWidth };
      });
    });
  await show(`${tag}${element}`);
  await input(page).waitFor();
  const untouched = await looks();
  await show(`${rudeStyles}${tag}${element}`);
  await expect(input(page)).toBeVisible();
  expect(await looks()).toEqual(untouched);

  await show('<p class="hint">A hint</p><input value="A field">');
  const before = await page.locator('main').screenshot();
  await show(`<p class="hint">A hint</p><input value="A field">${tag}<div hidden>${element}</div>`);
  await page.waitForFunction(() => customElements.get('backup-first-lookup') !== undefined);
  expect((await page.locator('main').screenshot()).equals(before)).toBe(true);
});

test('it asks for nothing beyond its one file, and keeps nothing', async ({ page, show }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await show(tag + element);
  await input(page).fill('6s');
  await page.getByRole('option').first().click();
  expect(asked.filter((address) => address.startsWith(site))).toEqual([
    `${site}/widget/v1/widget.js`,
  ]);
  const kept = await page.evaluate(() => [localStorage.length, document.cookie].join());
  expect(kept).toBe('0,');
  const globals = await page.evaluate(() =>
    Object.keys(window).filter((name) => /preact|backup|widget/i.test(name)),
  );
  expect(globals).toEqual([]);
});

test('several on a page are apart, and the script may be there twice', async ({ page, show }) => {
  const other = element.replace('ios-14', 'ipados-17').replace('auto', 'dark');
  await show(tag + element + other + tag);
  const [first, second] = [input(page).first(), input(page).nth(1)];
  await first.fill('ipad air 2');
  await second.fill('ipad 6th');
  await expect(page.getByRole('listbox')).toHaveCount(2);
  await second.press('Enter');
  await second.press('Enter');
  await expect(
    page.getByRole('heading', { name: /iPad \(6th generation\).* iPadOS 17/ }),
  ).toBeVisible();
  await expect(first).toHaveValue('ipad air 2');
});

test('its attributes can be changed while it is there', async ({ page, show }) => {
  await show(tag + element);
  await input(page).fill('6s');
  await page.getByRole('option').first().click();
  const widget = page.locator('backup-first-lookup');
  await widget.evaluate((one) => one.setAttribute('release', '16'));
  await expect(page.getByRole('heading', { name: /too old for iOS 16/ })).toBeVisible();
  await widget.evaluate((one) => one.setAttribute('release', 'nonsense'));
  await expect(page.getByRole('heading', { name: /iOS 14/ })).toBeVisible();
  const background = (): Promise<string> =>
    page.locator('.widget').evaluate((one) => getComputedStyle(one).backgroundColor);
  const light = await background();
  await widget.evaluate((one) => one.setAttribute('theme', 'dark'));
  expect(await background()).not.toBe(light);
});

test('the strictest policy that allows the script is enough', async ({ page, show }) => {
  await show(tag + element, strictPolicy);
  await input(page).fill('6s');
  await expect(page.getByRole('option').first()).toBeVisible();
  const background = await page
    .locator('.widget')
    .evaluate((one) => getComputedStyle(one).backgroundColor);
  expect(background).toBe('rgb(253, 253, 251)');
});

test('where it does not run, what stands between its tags is there to be read', async ({
  page,
  show,
}) => {
  await show(
    '<backup-first-lookup><a href="#elsewhere">Look it up there</a></backup-first-lookup>',
  );
  await expect(page.getByRole('link', { name: 'Look it up there' })).toBeVisible();
});

test('past 60 days it says that its facts are old', async ({ page, show }) => {
  const old = page.getByText('The facts are more than 60 days old');
  await page.clock.setFixedTime('2026-11-23');
  await show(tag + element);
  await expect(input(page)).toBeVisible();
  await expect(old).toHaveCount(0);
  await page.clock.setFixedTime('2027-01-01');
  await page.reload();
  await expect(old).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test(`no accessibility violation in it, ${theme}, on 320 pixels`, async ({ page, show }) => {
    await page.setViewportSize({ width: 320, height: 700 });
    await show(tag + element.replace('auto', theme));
    await input(page).fill('iphone');
    await page.keyboard.press('ArrowDown');
    const open = await new AxeBuilder({ page }).include('backup-first-lookup').analyze();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: /my checklist/ }).waitFor();
    const chosen = await new AxeBuilder({ page }).include('backup-first-lookup').analyze();
    const found = [...open.violations, ...chosen.violations];
    expect(found.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
}

test('the page for frames has no accessibility violation, and the keyboard leads through it', async ({
  page,
}) => {
  for (const theme of ['light', 'dark']) {
    await page.goto(`${site}/embed/?theme=${theme}`);
    await input(page).waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  }
  await page.keyboard.press('Tab');
  await expect(input(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Backup First' })).toBeFocused();
});

test('in a frame, below a policy that allows no foreign script, it tells its height and what was chosen', async ({
  page,
  show,
}) => {
  // The page's own script is the test's: the policy allows none.
  await page.addInitScript(() => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    addEventListener('message', ({ data, source }) => {
      told.push(data);
      const frame = document.querySelector('iframe');
      const { type, height } = data as { type: string; height: number };
      if (frame?.contentWindow === source && type === 'backup-first:height') {
        frame.height = String(height);
      }
    });
  });
  await show(
    `<iframe src="${site}/embed/?release=16&theme=dark" title="Lookup" width="320" height="100"></iframe>`,
    `default-src 'none'; frame-src ${site}`,
  );
  const frame = page.frameLocator('iframe');
  const lookup = frame.getByRole('combobox');
  await lookup.fill('6s');
  await frame.getByRole('option').first().click();
  await expect(frame.getByRole('heading', { name: /too old for iOS 16/ })).toBeVisible();
  await expect
    .poll(() => frame.locator('html').evaluate((html) => html.scrollHeight - html.clientHeight))
    .toBe(0);
  const told = await page.evaluate(() => (window as unknown as { told: { type: string }[] }).told);
  expect(told.filter(({ type }) => type === 'backup-first:select')).toEqual([
    expect.objectContaining({ device: 'iphone-6s', verdict: 'too-old', release: 'ios-16' }),
  ]);
  await frame.getByRole('link', { name: /my checklist/ }).click();
  await expect(page).toHaveURL(`${site}/check/?device=iphone-6s&release=16`);
});
