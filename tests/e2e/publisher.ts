/** A host that publishes a folder, can publish another in its place, and can be cut off. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

export interface Publisher {
  /** Without a slash at its end. */
  origin: string;
  publish: (folder: string) => void;
  /** Milliseconds before every answer. */
  slowDown: (pause: number) => void;
  /** Answers every request with "503 Service Unavailable". */
  fail: (failing: boolean) => void;
  /** Ends every connection and takes no more, until `connect`. */
  cut: () => Promise<void>;
  connect: () => Promise<void>;
}

export async function publisher(first: string): Promise<Publisher> {
  let folder = first;
  let pause = 0;
  let failing = false;
  const server: Server = createServer((request, response) => {
    setTimeout(() => {
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
      const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
      const found = existsSync(file) && statSync(file).isFile();
      response.writeHead(failing ? 503 : found ? 200 : 404, {
        'Content-Type': types[extname(file)] ?? 'application/octet-stream',
        // So that nothing but what the site itself keeps can help out.
        'Cache-Control': 'no-store',
      });
      response.end(found && !failing ? readFileSync(file) : 'Sorry.');
    }, pause);
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, 'localhost', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    publish: (next) => (folder = next),
    slowDown: (milliseconds) => (pause = milliseconds),
    fail: (whether) => (failing = whether),
    cut: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    connect: () => listen(port),
  };
}
