/**
 * How much the nginx of `deploy/` can serve on this machine: loads the built site with wrk, Brotli as
 * browsers ask for it, and counts what was dropped. wrk and nginx share the machine's processors, so a
 * server alone would do more. A benchmark, not a test: `npm run build && npm run bench:serve`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { filesOf } from '../scripts/deploy/filesOf.ts';
import { hasNginx, hasNginxBrotli, startNginx } from '../scripts/deploy/servers.ts';

const connections = 50;
const seconds = 10;

/** What wrk says of one run. */
interface Load {
  perSecond: number;
  median: string;
  ninetyNinth: string;
  answered: number;
  /** Connections that failed or timed out, and answers that were not what was asked for. */
  dropped: number;
}

const missing = missingParts();
if (missing.length > 0) console.log(`Serving: skipped, because ${missing.join(' and ')}.`);
else await bench();

function missingParts(): string[] {
  return [
    ...(existsSync('dist/index.html') ? [] : ['the site is not built (npm run build)']),
    ...(hasNginx() ? [] : ['nginx is not installed (Debian: nginx)']),
    ...(hasNginxBrotli()
      ? []
      : ['its Brotli module is not (Debian: libnginx-mod-http-brotli-static)']),
    ...(spawnSync('wrk', ['-v']).error ? ['wrk is not installed (Debian: wrk)'] : []),
  ];
}

async function bench(): Promise<void> {
  const script = filesOf('dist')
    .filter((file) => /^_astro\/.*\.js$/.test(file))
    .sort((a, b) => readFileSync(`dist/${b}`).length - readFileSync(`dist/${a}`).length)[0];
  const server = await startNginx({
    folder: 'dist',
    base: '/',
    configuration: readFileSync('deploy/nginx/backup-first.conf', 'utf8'),
  });
  try {
    const rows = [];
    for (const [what, path] of [
      ['a guide', 'guides/ios-14/'],
      ['the checker', 'check/'],
      ['its largest script', script ?? ''],
    ] as const) {
      const address = `${server.origin}/${path}`;
      const bytes = await assertBrotli(address);
      rows.push({ what, path, bytes, ...(await load(address)) });
    }
    console.log(`nginx, ${connections} connections at once for ${seconds} seconds each, Brotli`);
    console.table(
      rows.map(({ what, path, bytes, perSecond, median, ninetyNinth, answered, dropped }) => ({
        file: what,
        address: path,
        bytes,
        'requests/s': Math.round(perSecond),
        median,
        '99%': ninetyNinth,
        answered,
        dropped,
      })),
    );
    if (rows.some(({ dropped }) => dropped > 0)) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

/** A figure for another form of the file would be about something else. */
async function assertBrotli(address: string): Promise<number> {
  const answer = await fetch(address, { headers: { 'Accept-Encoding': 'br' } });
  const encoding = answer.headers.get('content-encoding');
  if (answer.status !== 200 || encoding !== 'br') {
    throw new Error(
      `${address} answers ${answer.status}, ${encoding ?? 'uncompressed'}: build again.`,
    );
  }
  return Number(answer.headers.get('content-length'));
}

/** @throws Error where wrk fails or says what cannot be read */
async function load(address: string): Promise<Load> {
  const wrk = spawn('wrk', [
    ...['--threads', '2', '--connections', String(connections), '--duration', `${seconds}s`],
    ...['--latency', '--header', 'Accept-Encoding: br', address],
  ]);
  let said = '';
  wrk.stdout.on('data', (text: Buffer) => (said += text.toString()));
  wrk.stderr.on('data', (text: Buffer) => (said += text.toString()));
  await new Promise((resolve) => wrk.once('close', resolve));
  const read = (pattern: RegExp): string => {
    const found = pattern.exec(said)?.[1];
    if (found === undefined) throw new Error(`wrk says no ${pattern.source}:\n${said}`);
    return found;
  };
  // wrk says these only where there were any.
  const sockets = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(said);
  const refused = /Non-2xx or 3xx responses: (\d+)/.exec(said);
  return {
    perSecond: Number(read(/Requests\/sec:\s+([\d.]+)/)),
    median: read(/^ +50% +(\S+)/m),
    ninetyNinth: read(/^ +99% +(\S+)/m),
    answered: Number(read(/(\d+) requests in/)),
    dropped: [...(sockets?.slice(1) ?? []), refused?.[1] ?? '0'].reduce(
      (sum, count) => sum + Number(count),
      0,
    ),
  };
}
