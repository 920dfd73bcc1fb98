/** Serves a built site as a good host would, and writes down what was asked of it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** Where things listen while the bench runs; on the site's own address pages are indexable. */
export const ports = { ours: 4901, starlight: 4902, debugging: 4903 };

export interface Asked {
  path: string;
  status: number;
  /** Of the body, as sent. */
  bytes: number;
  /** A service worker's script, or something it fetched by itself. */
  byServiceWorker: boolean;
}

export interface Served {
  /** Without a slash at its end. */
  address: string;
  /** All requests since the last call. */
  takeLog: () => Asked[];
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
  const workers = new Set<string>();
  let log: Asked[] = [];
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
      'Cache-Control': path.includes('/_astro/')
        ? 'public, max-age=31536000, immutable'
        : 'no-cache',
      ...(small && file ? { 'Content-Encoding': 'br', Vary: 'Accept-Encoding' } : {}),
    });
    response.end(body);
    const byServiceWorker = isOfWorker(request, path, workers);
    log.push({ path, status, bytes: body.length, byServiceWorker });
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
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function isOfWorker(request: IncomingMessage, path: string, workers: Set<string>): boolean {
  if (request.headers['service-worker'] === 'script') workers.add(path);
  const referer = request.headers.referer ?? '';
  return workers.has(path) || (referer !== '' && workers.has(new URL(referer).pathname));
}

function fileOf(folder: string, path: string): string | undefined {
  const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
  return file.startsWith(normalize(folder)) && existsSync(file) && statSync(file).isFile()
    ? file
    : undefined;
}
