/** What real servers with the configurations of `deploy/` send over the wire. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesOf } from '../../scripts/deploy/filesOf.ts';
import { caddyfile, nginxServer } from '../../scripts/deploy/serverFiles.ts';
import {
  hasCaddy,
  hasNginx,
  hasNginxBrotli,
  startCaddy,
  startNginx,
  type Server,
} from '../../scripts/deploy/servers.ts';
import { headerRules, headersOf } from '../../src/layouts/policy.ts';
import { ask, type Answer } from './ask.ts';
import { builtSite, siteBelowPath, type Site } from './site.ts';

const servers = [
  {
    name: 'nginx',
    isHere: hasNginx(),
    hasBrotli: hasNginxBrotli(),
    start: startNginx,
    checkedIn: 'deploy/nginx/backup-first.conf',
    configuration: nginxServer,
  },
  {
    name: 'Caddy',
    isHere: hasCaddy(),
    hasBrotli: true,
    start: startCaddy,
    checkedIn: 'deploy/Caddyfile',
    configuration: caddyfile,
  },
];

const anyServer = servers.some(({ isHere }) => isHere);
/** The container's question whether its server is well. */
const healthCheck = /HEALTHCHECK[^\n]*\\\n\s+CMD (.*)/.exec(
  readFileSync('deploy/Dockerfile', 'utf8'),
);
let sites: Record<'at the root' | 'below a path', Site>;

beforeAll(() => {
  if (anyServer) sites = { 'at the root': builtSite(), 'below a path': siteBelowPath() };
});
afterAll(() => {
  if (anyServer) Object.values(sites).forEach((site) => site.remove());
});

for (const { name, isHere, hasBrotli, start, checkedIn, configuration } of servers) {
  for (const where of ['at the root', 'below a path'] as const) {
    describe.skipIf(!isHere)(`${name}, the site ${where}${isHere ? '' : ': not installed'}`, () => {
      let server: Server;
      let folder: string;
      let base: string;
      const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
        ask(server.origin, base + path, { headers });
      const contentOf = (file: string): Buffer => readFileSync(join(folder, file));

      beforeAll(async () => {
        ({ folder, base } = sites[where]);
        server = await start({
          folder,
          base,
          configuration: base === '/' ? readFileSync(checkedIn, 'utf8') : configuration(base),
        });
      });
      afterAll(() => server.stop());

      it('sends every file with the headers that the definition gives it', async () => {
        const files = filesOf(folder).filter((file) => !/(^|\/)\.(?!well-known)/.test(file));
        expect(files.length).toBeGreaterThan(100);
        for (const file of files) {
          const path = file.replace(/(^|\/)index\.html$/, '$1');
          const answer = await get(path);
          expect([path, answer.status]).toEqual([path, 200]);
          expect(answer.body.equals(contentOf(file)), path).toBe(true);
          expectHeaders(answer, path);
        }
      });

      it('says what its files are', async () => {
        const types = {
          '': 'text/html; charset=utf-8',
          'sw.js': 'text/javascript; charset=utf-8',
          'module.mjs': 'text/javascript; charset=utf-8',
          'app.webmanifest': 'application/manifest+json',
          'program.wasm': 'application/wasm',
          'api/devices.json': 'application/json',
          'numbers.csv': 'text/csv; charset=utf-8',
          'llms.txt': 'text/plain; charset=utf-8',
          'icon.svg': 'image/svg+xml',
          'cards/ios-14.png': 'image/png',
          'sitemap-index.xml': 'application/xml',
          [firstIn('pagefind/fragment/')]: 'application/octet-stream',
          'pagefind/wasm.en-us.pagefind': 'application/octet-stream',
        };
        for (const [path, type] of Object.entries(types)) {
          expect([path, (await get(path)).headers['content-type']]).toEqual([path, type]);
        }
      });

      it('keeps hashed files for a year and asks about all others', async () => {
        const kept = 'public, max-age=31536000, immutable';
        for (const [path, cache] of [
          [firstIn('_astro/'), kept],
          [firstIn('pagefind/fragment/'), kept],
          ['', 'no-cache'],
          ['sw.js', 'no-cache'],
          ['pagefind/pagefind.js', 'no-cache'],
          ['_astro/gone.js', 'no-cache'],
        ]) {
          const { headers } = await get(path ?? '');
          expect([path, headers['cache-control']]).toEqual([path, cache]);
        }
      });

      for (const [encoding, decompress] of [
        ['br', brotliDecompressSync],
        ['gzip', gunzipSync],
      ] as const) {
        it.skipIf(encoding === 'br' && !hasBrotli)(
          `sends texts compressed with ${encoding}`,
          async () => {
            for (const [path, file] of texts()) {
              const answer = await get(path, { 'accept-encoding': encoding });
              expect(answer.headers['content-encoding'], path).toBe(encoding);
              expect(answer.headers.vary, path).toMatch(/accept-encoding/i);
              expect(answer.body.length).toBeLessThan(contentOf(file).length);
              expect(decompress(answer.body).equals(contentOf(file)), path).toBe(true);
              expectHeaders(answer, path);
            }
          },
        );
      }

      it.skipIf(!hasBrotli)('prefers Brotli, as browsers ask', async () => {
        const { headers } = await get('', { 'accept-encoding': 'gzip, deflate, br, zstd' });
        expect(headers['content-encoding']).toBe('br');
      });

      it('sends plain texts to those who ask for nothing else, and pictures always', async () => {
        for (const [path, file] of texts()) {
          const answer = await get(path);
          expect(answer.headers['content-encoding'], path).toBeUndefined();
          expect(answer.headers.vary, path).toMatch(/accept-encoding/i);
          expect(answer.body.equals(contentOf(file)), path).toBe(true);
        }
        const { headers } = await get('cards/ios-14.png', { 'accept-encoding': 'br, gzip' });
        expect(headers['content-encoding']).toBeUndefined();
      });

      it('sends nothing twice to who has it, in any encoding', async () => {
        const dates = new Set<string | undefined>();
        for (const encoding of ['identity', 'gzip', ...(hasBrotli ? ['br'] : [])]) {
          const asked = { 'accept-encoding': encoding };
          const first = await get('guides/ios-14/', asked);
          const { etag = '', 'last-modified': modified = '' } = first.headers;
          dates.add(modified);
          for (const condition of [{ 'if-none-match': etag }, { 'if-modified-since': modified }]) {
            const again = await get('guides/ios-14/', { ...asked, ...condition });
            expect([encoding, condition, again.status]).toEqual([encoding, condition, 304]);
            expect(again.body.length).toBe(0);
            expect(again.headers['cache-control']).toBe('no-cache');
          }
          const other = await get('guides/ios-14/', { ...asked, 'if-none-match': '"other"' });
          expect(other.status).toBe(200);
        }
        expect(dates.size, 'one Last-Modified, whatever the encoding').toBe(1);
      });

      it('answers 404 with the site’s own page where there is nothing', async () => {
        for (const path of ['nothing', 'guides/nothing/', '_astro/gone.js', 'embed/gone.html']) {
          await expectMissing(path);
        }
        // Above the site's own path, where there is one, is nothing.
        const above = await ask(server.origin, base === '/' ? '/nothing' : '/');
        expect(above.status).toBe(404);
      });

      it('lists no folder', async () => {
        for (const path of ['_astro/', 'pagefind/', 'cards/', 'pagefind/fragment/']) {
          await expectMissing(path);
        }
      });

      it('hides files that begin with a dot, and the hosts’ own', async () => {
        for (const path of ['.env', '.git/config', '.git/', 'guides/.hidden', '_headers']) {
          await expectMissing(path);
        }
        expect(existsSync(join(folder, '_headers'))).toBe(true);
        // Certificates and contacts are asked for there, at the root of a host alone.
        if (base === '/') expect((await get('.well-known/security.txt')).status).toBe(200);
      });

      it('leads nobody out of its folder', async () => {
        for (const path of ['../package.json', '%2e%2e/package.json', '..%2fpackage.json']) {
          expect((await get(path)).status, path).toBeGreaterThanOrEqual(400);
        }
      });

      it('adds a missing slash on the host, port and protocol that were asked', async () => {
        for (const asked of ['guides/ios-14', 'guides/ios-14?from=a&to=b']) {
          const { status, headers } = await get(asked, { host: 'backup.example.org:8443' });
          expect([301, 308]).toContain(status);
          const { location = '' } = headers;
          // A browser resolves it against what it asked, which only it knows behind a proxy.
          expect(new URL(location, `https://backup.example.org:8443${base}${asked}`).href).toBe(
            `https://backup.example.org:8443${base}${asked.replace('ios-14', 'ios-14/')}`,
          );
        }
      });

      it('redirects to no other host, however an address is written', async () => {
        for (const path of ['//example.com/..', `//example.com/..${base}guides/ios-14`]) {
          const { headers } = await ask(server.origin, path);
          const target = new URL(headers.location ?? '/', 'https://backup.example.org');
          expect([path, target.host]).toEqual([path, 'backup.example.org']);
        }
      });

      it('answers HEAD as it answers GET, without a body', async () => {
        for (const path of ['', firstIn('_astro/'), 'nothing']) {
          const asked = { method: 'HEAD', headers: { 'accept-encoding': 'gzip' } };
          const head = await ask(server.origin, base + path, asked);
          const whole = await get(path, asked.headers);
          expect(head.status).toBe(whole.status);
          expect(head.body.length).toBe(0);
          expect(lasting(head)).toEqual(lasting(whole));
          const length = head.headers['content-length'];
          expect([undefined, String(whole.body.length)]).toContain(length);
        }
      });

      it('sends the part of a file that is asked for', async () => {
        const { status, headers, body } = await get('cards/ios-14.png', { range: 'bytes=100-199' });
        const whole = contentOf('cards/ios-14.png');
        expect(status).toBe(206);
        expect(headers['content-range']).toBe(`bytes 100-199/${whole.length}`);
        expect(body.equals(whole.subarray(100, 200))).toBe(true);
        const text = await get('', { range: 'bytes=0-9' });
        expect(text.body.equals(contentOf('index.html').subarray(0, 10))).toBe(true);
      });

      it('writes down nothing that a visitor asked', async () => {
        await get('check/?device=a-secret');
        await get('nothing?q=a-secret');
        await get('_astro/?q=a-secret');
        expect(server.complaints()).not.toContain('secret');
      });

      if (name === 'nginx') {
        it('is found well by the container’s own question', () => {
          const isWell = (port: string): boolean =>
            spawnSync('bash', ['-c', (healthCheck?.[1] ?? 'exit 9').replace('8080', port)], {
              env: { ...process.env, BASE_PATH: base.replace(/\/$/, '') },
            }).status === 0;
          expect(isWell(new URL(server.origin).port)).toBe(true);
          expect(isWell('1')).toBe(false);
        });
      }

      function firstIn(place: string): string {
        const found = filesOf(folder).find((file) => file.startsWith(place));
        if (!found) throw new Error(`The built site has nothing in ${place}.`);
        return found;
      }

      function texts(): [path: string, file: string][] {
        const script = filesOf(folder).find((file) => /^_astro\/engine.*\.js$/.test(file)) ?? '';
        return [
          ['', 'index.html'],
          ['guides/ios-14/', 'guides/ios-14/index.html'],
          [script, script],
          ['api/devices.json', 'api/devices.json'],
          ['sitemap-0.xml', 'sitemap-0.xml'],
          ['llms.txt', 'llms.txt'],
        ];
      }

      async function expectMissing(path: string): Promise<void> {
        const answer = await get(path);
        expect([path, answer.status]).toEqual([path, 404]);
        expect(answer.body.equals(contentOf('404.html')), path).toBe(true);
        expect(answer.headers['content-type'], path).toBe('text/html; charset=utf-8');
        expectHeaders(answer, '404.html');
      }
    });
  }
}

/** What is said of a file, and not of this one transfer. */
function lasting({ headers }: Answer): object {
  const ofTransfer = { date: '', 'content-length': '', 'transfer-encoding': '' };
  return { ...headers, ...ofTransfer };
}

/** All headers of the definition, and none that it leaves out; what TLS alone brings does not come without. */
function expectHeaders(answer: Answer, path: string): void {
  const expected = headersOf(path);
  for (const { name, onlyOverTls } of headerRules) {
    const sent = answer.headers[name.toLowerCase()];
    expect([path, name, sent]).toEqual([path, name, onlyOverTls ? undefined : expected[name]]);
  }
}
