/** Serves the built site as a plain host does: files, types, and the page for what is missing. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Site } from './browser.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
};

/** Where, in the session's storage, a listening page keeps what went wrong. */
export const wrongKey = 'wrong-in-page';

/**
 * For engines whose driver cannot tell what the console says. It stands before everything else in
 * the page, a policy in a meta element included.
 */
const listener = `<script>(function () {
  function keep(text) {
    var kept = JSON.parse(sessionStorage.getItem('${wrongKey}') || '[]');
    sessionStorage.setItem('${wrongKey}', JSON.stringify(kept.concat(String(text))));
  }
  var error = console.error;
  console.error = function () { keep('console: ' + [].join.call(arguments, ' ')); error.apply(console, arguments); };
  addEventListener('error', function (event) { keep(event.message || 'not loaded: ' + (event.target.src || event.target.href)); }, true);
  addEventListener('unhandledrejection', function (event) { keep('rejected: ' + event.reason); });
  document.addEventListener('securitypolicyviolation', function (event) { keep('against the policy: ' + event.violatedDirective + ' ' + event.blockedURI); });
})();</script>`;

/**
 * @param folder what `npm run build` has made
 * @param base the path that it was built for, as `BASE_PATH` has it
 */
export async function serveSite(folder: string, base: string): Promise<Site> {
  if (!existsSync(join(folder, 'check/index.html'))) {
    throw new Error(`There is no built site in ${folder}: run npm run build first.`);
  }
  const plain = await serve(folder, base, '');
  const listening = await serve(folder, base, listener);
  return {
    address: plain.address,
    listeningAddress: listening.address,
    stop: async () => {
      await Promise.all([plain.stop(), listening.stop()]);
    },
  };
}

async function serve(
  folder: string,
  base: string,
  firstInHead: string,
): Promise<{ address: string; stop: () => Promise<void> }> {
  const root = `/${base}/`.replace(/\/+/g, '/');
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const found = pathname.startsWith(root) ? fileOf(folder, pathname.slice(root.length)) : '';
    const file = found === '' ? join(folder, '404.html') : found;
    const type = types[extname(file)] ?? 'application/octet-stream';
    response.writeHead(found === '' ? 404 : 200, {
      'Content-Type': type,
      'Cache-Control': 'no-cache',
    });
    const bytes = readFileSync(file);
    response.end(
      type.startsWith('text/html')
        ? String(bytes).replace('<head>', `<head>${firstInHead}`)
        : bytes,
    );
  });
  // A connection closed for idleness just as the browser asks again would look like a broken site.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}${root}`, stop: () => close(server) };
}

/** @returns the file for a path, or nothing */
function fileOf(folder: string, path: string): string {
  const place = join(folder, normalize(`/${decodeURIComponent(path)}`));
  const file = place.endsWith('/') ? join(place, 'index.html') : place;
  return existsSync(file) && statSync(file).isFile() ? file : '';
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
