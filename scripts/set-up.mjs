/**
 * Makes a fresh clone ready, with nothing but Node.js 20 and npm to start from; what is done
 * already is not done again.
 *
 *   node scripts/set-up.mjs            what building and serving need
 *   node scripts/set-up.mjs --tests    and a browser for the tests
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const stamp = 'node_modules/.set-up-from';

try {
  installPackages();
  assertNode();
  if (process.argv.includes('--tests')) await ensureBrowser();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

/** Installs what the lock file says, unless that is what was installed last. */
function installPackages() {
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing the packages of package-lock.json…');
  if (!run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])) {
    throw new Error('npm ci failed: see above. A network that reaches the npm registry is needed.');
  }
  writeFileSync(stamp, lock);
}

/** Astro needs Node.js 22.12; the package "node" brings one along. */
function assertNode() {
  const result = spawnSync('node_modules/.bin/node', ['--version'], { encoding: 'utf8' });
  const version = (result.stdout || process.version).trim();
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 12)) {
    throw new Error(
      `Node.js ${version} is too old and the package "node" brought none along. Install Node.js 24, or allow the install script of "node" (npm rebuild node).`,
    );
  }
}

async function ensureBrowser() {
  const { findBrowser } = await import('./browser.mjs');
  if (await findBrowser()) return;
  console.log('No Chromium found: letting Playwright install one…');
  run('npx', ['playwright', 'install', 'chromium']);
  if (await findBrowser()) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('That failed: installing Debian’s Chromium…');
    run('apt-get', ['update']);
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
    if (await findBrowser()) return;
  }
  throw new Error(
    'The tests need a browser: install Chromium or Chrome, or set BROWSER_PATH to the program of one.',
  );
}

/** @returns {boolean} whether the command succeeded */
function run(command, args) {
  return (
    spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0
  );
}
