/** The page's own policy, which holds on every host: the site needs nothing that it forbids, and it forbids. */
import { readdirSync } from 'node:fs';
import { test as besideTheSite, type Page } from '@playwright/test';
import { expect, test } from './visit.ts';

const everyPage = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.html'))
  .map((file) => `/${file.replace(/index\.html$/, '')}`);

test('no page meets its own policy', async ({ page }) => {
  test.slow();
  // A violation is told in the console too; this says which directive and what it was about.
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`);
    });
  });
  expect(everyPage.length).toBeGreaterThan(40);
  for (const path of everyPage) await page.goto(path);
});

besideTheSite.describe('what somebody smuggled into a page', () => {
  /** Serves a page with something added to its text, as if a visitor's words had become markup. */
  async function visitWith(page: Page, markup: string): Promise<{ refused: () => string }> {
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.route('**/guides/ios-14/', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace('</main>', `${markup}</main>`);
      await route.fulfill({ response: answer, body });
    });
    // What the policy refuses never comes this far.
    await page.route('https://example.org/**', (route) => {
      said.push(`sent to ${route.request().url()}`);
      return route.abort();
    });
    await page.goto('/guides/ios-14/');
    return { refused: () => said.join('\n') };
  }

  /** What the page's own script would find, if what was smuggled in had run. */
  function marks(page: Page): Promise<string | undefined> {
    return page.evaluate(() => document.documentElement.dataset.ran);
  }

  const mark = 'document.documentElement.dataset.ran = 1';

  for (const [what, markup] of [
    ['an inline script', `<script>${mark}</script>`],
    ['an inline module', `<script type="module">${mark}</script>`],
    ['a handler of an event', `<img src="/gone.png" onerror="${mark}">`],
    ['a script as an address', `<script src="data:text/javascript,${mark}"></script>`],
    ['a script of another site', '<script src="https://example.org/script.js"></script>'],
    ['a page in the page', `<iframe srcdoc="<script>parent.${mark}</script>"></iframe>`],
    ['an object', '<object data="https://example.org/object"></object>'],
    ['a picture of another site', '<img src="https://example.org/picture.png">'],
    ['a style of another site', '<link rel="stylesheet" href="https://example.org/style.css">'],
  ] as const) {
    besideTheSite(`${what} is refused`, async ({ page }) => {
      const { refused } = await visitWith(page, markup);
      await page.waitForLoadState('networkidle');
      expect(await marks(page)).toBeUndefined();
      expect(refused()).toContain('Content Security Policy');
      expect(refused()).not.toContain('sent to');
    });
  }

  besideTheSite('a link that is a script does nothing', async ({ page }) => {
    await visitWith(page, `<a id="smuggled" href="javascript:${mark}">Press</a>`);
    await page.locator('#smuggled').click();
    await expect.poll(() => page.evaluate(() => document.readyState)).toBe('complete');
    expect(await marks(page)).toBeUndefined();
  });

  besideTheSite('a style in the page changes nothing', async ({ page }) => {
    await visitWith(
      page,
      '<style>h1 { display: none }</style><p id="p" style="display: none">Seen</p>',
    );
    await expect(page.locator('h1')).toBeVisible();
    await expect(page.locator('#p')).toBeVisible();
  });

  besideTheSite('links and forms cannot be sent elsewhere', async ({ page }) => {
    const { refused } = await visitWith(
      page,
      '<base href="https://example.org/"><form action="https://example.org/"><button id="send">Send</button></form>',
    );
    expect(await page.evaluate(() => new URL(document.baseURI).host)).toBe(
      new URL(page.url()).host,
    );
    await page.locator('#send').click({ noWaitAfter: true });
    await expect.poll(refused).toContain('form-action');
    expect(refused()).not.toContain('sent to');
  });
});

/** Runs as the site's own script does: what Playwright evaluates is held to no policy. */
async function runOwnScript(page: Page, path: string, script: string): Promise<string> {
  await page.route('**/probe.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: script }),
  );
  await page.goto(path);
  const [said] = await Promise.all([
    page.waitForEvent('console', (message) => message.text().startsWith('probe: ')),
    page.evaluate(() => {
      const element = document.createElement('script');
      element.src = '/probe.js';
      document.body.append(element);
    }),
  ]);
  return said.text();
}

test.describe('the site’s own scripts', () => {
  test.use({ allowedErrors: /Content Security Policy/ });

  for (const [what, code] of [
    ['eval', 'eval("1")'],
    ['new Function', 'new Function("return 1")()'],
    [
      'a timer from text',
      '(() => { if (setTimeout("1") === 0) throw new EvalError("refused") })()',
    ],
  ] as const) {
    test(`cannot make code of text: ${what}`, async ({ page }) => {
      const said = await runOwnScript(
        page,
        '/check/',
        `try { ${code}; console.log('probe: ran') } catch (error) { console.log('probe: ' + error.name) }`,
      );
      expect(said).toBe('probe: EvalError');
    });
  }

  const webAssembly = `WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(
    () => console.log('probe: ran'),
    (error) => console.log('probe: ' + error.name),
  )`;
  test('can run WebAssembly on the search page alone', async ({ page }) => {
    expect(await runOwnScript(page, '/search/', webAssembly)).toBe('probe: ran');
    expect(await runOwnScript(page, '/check/', webAssembly)).toBe('probe: CompileError');
  });
});

besideTheSite('the site’s own scripts cannot send anything to another site', async ({ page }) => {
  let isAsked = false;
  await page.route('https://example.org/**', (route) => {
    isAsked = true;
    return route.fulfill({ headers: { 'Access-Control-Allow-Origin': '*' }, body: 'Thanks' });
  });
  const said = await runOwnScript(
    page,
    '/check/',
    `fetch('https://example.org/').then(
      () => console.log('probe: sent'),
      (error) => console.log('probe: ' + error.name),
    )`,
  );
  expect(said).toBe('probe: TypeError');
  expect(isAsked).toBe(false);
});

besideTheSite.describe('a video of YouTube', () => {
  /** What YouTube would be asked, each with the address it is told. */
  async function watched(page: Page): Promise<string[]> {
    const asked: string[] = [];
    await page.route('https://www.youtube-nocookie.com/**', async (route) => {
      asked.push(route.request().headers().referer ?? '');
      await route.fulfill({ contentType: 'text/html', body: 'A video' });
    });
    return asked;
  }

  besideTheSite('plays where a guide has one', async ({ page, baseURL }) => {
    const asked = await watched(page);
    await page.goto('/guides/ios-14/');
    await page.getByRole('link', { name: /Video/ }).click();
    await expect(page.frameLocator('iframe').getByText('A video')).toBeVisible();
    // Without it, YouTube refuses to play.
    expect(asked).toEqual([`${baseURL ?? ''}/`]);
  });

  besideTheSite('is refused on every other page', async ({ page }) => {
    const asked = await watched(page);
    for (const path of ['/guides/finder-backup/', '/check/']) {
      await page.goto(path);
      await page.evaluate(() => {
        const element = document.createElement('iframe');
        element.src = 'https://www.youtube-nocookie.com/embed/ZLS9KMoNMIc';
        document.body.append(element);
        return new Promise((resolve) => (element.onload = resolve));
      });
    }
    expect(asked).toEqual([]);
  });
});
