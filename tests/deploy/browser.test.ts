/** What a browser makes of the headers that nginx sends: all works that should, and nothing more. */
import { createServer, type Server as NodeServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../scripts/browser.mjs';
import { filesOf } from '../../scripts/deploy/filesOf.ts';
import { nginxServer } from '../../scripts/deploy/serverFiles.ts';
import { hasNginx, startNginx, type Server } from '../../scripts/deploy/servers.ts';
import { makeBackup } from '../backup/makeBackup.ts';
import { builtSite, type Site } from './site.ts';

const program = hasNginx() ? await findBrowser() : undefined;
const missing = hasNginx() ? ': no browser found' : ': nginx is not installed';

describe.skipIf(!program)(`a browser before nginx${program ? '' : missing}`, () => {
  let site: Site;
  let server: Server;
  let elsewhere: NodeServer;
  let otherOrigin: string;
  let browser: Browser;

  beforeAll(async () => {
    site = builtSite();
    server = await startNginx({ ...site, configuration: nginxServer('/') });
    elsewhere = createServer((_, answer) =>
      answer.setHeader('Content-Type', 'text/html').end('<p>'),
    );
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    otherOrigin = `http://localhost:${(elsewhere.address() as AddressInfo).port}`;
    browser = await chromium.launch({
      ...(program ? { executablePath: program } : {}),
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
    });
  });
  afterAll(async () => {
    await browser.close();
    elsewhere.close();
    await server.stop();
    site.remove();
  });

  /** Which features a browser has to switch off differs from system to system. */
  const expected =
    /^Error with Permissions-Policy header: Unrecognized feature: '(bluetooth|web-share)'/;

  /** A page, and all that the browser says in its console about it. */
  async function visit(path: string): Promise<{ page: Page; said: string[] }> {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => {
      if (!expected.test(message.text())) said.push(message.text());
    });
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(path.startsWith('http') ? path : `${server.origin}/${path}`);
    return { page, said };
  }

  it('has nothing to say about any page', async () => {
    const guides = ['guides/', 'guides/ios-14/'];
    for (const path of ['', 'check/', 'verify/', 'checklist/', ...guides, 'releases/', 'about/']) {
      const { page, said } = await visit(path);
      await page.waitForLoadState('networkidle');
      expect([path, said]).toEqual([path, []]);
      await page.close();
    }
  });

  it('looks devices up', async () => {
    const { page, said } = await visit('check/');
    await page.getByRole('combobox').first().pressSequentially('6s');
    await page.getByRole('option').first().waitFor();
    expect(said).toEqual([]);
    await page.close();
  });

  it('searches', async () => {
    const { page, said } = await visit('search/?q=error+4013');
    await page.locator('#search-results > li').first().waitFor();
    expect(said).toEqual([]);
    await page.close();
  });

  it('checks a backup, in a worker with WebAssembly', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'backup-'));
    makeBackup(folder);
    const { page, said } = await visit('verify/');
    const workers: string[] = [];
    page.on('worker', (worker) => workers.push(new URL(worker.url()).pathname));
    await page.locator('input[webkitdirectory]').setInputFiles(folder);
    await page.getByText('This backup is whole').waitFor();
    expect(workers).toEqual([expect.stringMatching(/^\/workers\/worker\./)]);
    expect(said).toEqual([]);
    await page.close();
    rmSync(folder, { recursive: true });
  });

  it('starts a service worker', async () => {
    const { page, said } = await visit('');
    const state = await page.evaluate(async () => {
      await navigator.serviceWorker.register('/sw.js');
      return (await navigator.serviceWorker.ready).active !== null;
    });
    expect(state).toBe(true);
    expect(said).toEqual([]);
    await page.close();
  });

  it('plays the video of a guide, in a frame that may play and fill the screen', async () => {
    const { page, said } = await visit('guides/ios-14/');
    const asked: string[] = [];
    await page.route('https://www.youtube-nocookie.com/**', async (route) => {
      asked.push(route.request().headers().referer ?? '');
      await route.fulfill({ contentType: 'text/html', body: '<title>Video</title>' });
    });
    await page.getByRole('link', { name: /Video/ }).click();
    const frame = page.frameLocator('iframe').locator('html');
    await frame.waitFor({ state: 'attached' });
    // YouTube shows an error where it does not learn which site embeds it.
    expect(asked).toEqual([`${server.origin}/`]);
    const allowed = await frame.evaluate(() =>
      (
        document as unknown as { featurePolicy: { allowedFeatures: () => string[] } }
      ).featurePolicy.allowedFeatures(),
    );
    expect(allowed).toEqual(expect.arrayContaining(['autoplay', 'fullscreen']));
    expect(allowed).not.toContain('camera');
    expect(said).toEqual([]);
    await page.close();
  });

  it('shows the embedded page on other sites, and no other page', async () => {
    for (const [path, isShown] of [
      ['embed/', true],
      ['check/', false],
      ['guides/ios-14/', false],
      ['nothing', false],
    ] as const) {
      const { page } = await visit(otherOrigin);
      await page.evaluate((address) => {
        const frame = document.createElement('iframe');
        frame.src = address;
        document.body.append(frame);
        return new Promise((resolve) => (frame.onload = resolve));
      }, `${server.origin}/${path}`);
      const shown = page.frames()[1]?.url() === `${server.origin}/${path}`;
      expect([path, shown]).toEqual([path, isShown]);
      await page.close();
    }
  });

  it('lets other sites read the data, run the widget and show pictures, and nothing else', async () => {
    const { page } = await visit(otherOrigin);
    const script = filesOf(site.folder).find((file) => /^_astro\/.*\.js$/.test(file)) ?? '';
    const { canRead, canRun, canShow } = {
      canRead: (path: string) =>
        page.evaluate(
          (address) => fetch(address).then((answer) => answer.ok, () => false),
          `${server.origin}/${path}`,
        ),
      canRun: (path: string) => loads('script', path),
      canShow: (path: string) => loads('img', path),
    }; // prettier-ignore
    function loads(kind: 'script' | 'img', path: string): Promise<boolean> {
      return page.evaluate(
        ({ kind, address }) =>
          new Promise<boolean>((resolve) => {
            const element = document.createElement(kind);
            element.onload = () => resolve(true);
            element.onerror = () => resolve(false);
            element.src = address;
            document.body.append(element);
          }),
        { kind, address: `${server.origin}/${path}` },
      );
    }
    expect(await canRead('api/devices.json')).toBe(true);
    expect(await canRead('llms.txt')).toBe(false);
    expect(await canRun('widget/widget.js')).toBe(true);
    expect(await canRun(script)).toBe(false);
    expect(await canShow('cards/ios-14.png')).toBe(true);
    expect(await canShow('icon.svg')).toBe(true);
    await page.close();
  });
});
