/** Serves a built site as a good host would, and writes down what was asked of it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** Where things listen while the bench runs; on the site's own address pages are indexable. */
export const ports = { ours: 4901, starlight: 4902, debugging: 4903 };

export interface Asked {
  path: string;
  status: number;
  /** Of the body, as sent. */
  bytes: number;
}

export interface Served {
  /** Without a slash at its end. */
  address: string;
  /** All requests since the last call. */
  takeLog: () => Asked[];
  /** Resolves once nothing was asked for during so many milliseconds. */
  quiet: (milliseconds: number) => Promise<void>;
  close: () => Promise<void>;
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

/** Serves text as Brotli, at the highest level, and files with a hash in their name for good. */
export async function serve(folder: string, port: number): Promise<Served> {
  const compressed = new Map<string, Buffer>();
  let log: Asked[] = [];
  let last = performance.now();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://site').pathname);
    const file = fileOf(folder, path);
    const type = types[extname(file ?? '.html')] ?? 'application/octet-stream';
    const source = file ? readFileSync(file) : Buffer.from('There is no such file.');
    const small = /text|javascript|json|xml|svg/.test(type);
    if (file && small && !compressed.has(file)) compressed.set(file, brotliCompressSync(source));
    const body = (file ? compressed.get(file) : undefined) ?? source;
    const status = file ? 200 : 404;
    response.writeHead(status, {
      'Content-Type': type,
      'Content-Length': body.length,
      'Cache-Control': cachingOf(path),
      ...(small && file ? { 'Content-Encoding': 'br', Vary: 'Accept-Encoding' } : {}),
    });
    response.end(body);
    log.push({ path, status, bytes: body.length });
    last = performance.now();
  });
  await new Promise<void>((done, fail) => {
    server.on('error', fail);
    server.listen(port, 'localhost', done);
  });
  return {
    address: `http://localhost:${port}`,
    takeLog: () => {
      const taken = log;
      log = [];
      return taken;
    },
    quiet: async (milliseconds) => {
      last = performance.now();
      while (performance.now() - last < milliseconds) {
        await new Promise((done) => setTimeout(done, 100));
      }
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Pages and a service worker's script are asked for anew each time; the rest may be kept a while. */
function cachingOf(path: string): string {
  if (path.includes('/_astro/')) return 'public, max-age=31536000, immutable';
  return /\/$|\.(html|js|json)$/.test(path) ? 'no-cache' : 'public, max-age=3600';
}

function fileOf(folder: string, path: string): string | undefined {
  const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
  return file.startsWith(normalize(folder)) && existsSync(file) && statSync(file).isFile()
    ? file
    : undefined;
}
