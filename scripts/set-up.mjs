/**
 * Makes a fresh clone ready, with nothing but Node.js 20 and npm to start from; what is done
 * already is not done again.
 *
 *   node scripts/set-up.mjs            what building and serving need
 *   node scripts/set-up.mjs --tests    and what the tests need: a Chromium, and for root on Debian
 *                                      the other engines and the web server they use
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const stamp = 'node_modules/.set-up-from';
/** Which packages were asked of Debian last, so that what it does not have is asked for once. */
const askedFor = 'node_modules/.asked-of-debian';

/** What tests use when it is there: engines, what Chromium 69 and they need to run, and nginx. */
const usedByTests = [
  'firefox-esr',
  'webkit2gtk-driver',
  'xvfb',
  'libnss3',
  'libexpat1',
  'fontconfig-config',
  'fonts-dejavu-core',
  'nginx',
  'libnginx-mod-http-brotli-static',
];

try {
  installPackages();
  assertNode();
  if (process.argv.includes('--tests')) await prepareTests();
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

async function prepareTests() {
  const { findBrowser } = await import('./browser.mjs');
  const onDebian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (onDebian) {
    installFromDebian((await findBrowser()) ? usedByTests : ['chromium', ...usedByTests]);
  }
  if (await findBrowser()) return;
  console.log('No Chromium found: letting Playwright install one…');
  run('npx', ['playwright', 'install', 'chromium']);
  if (await findBrowser()) return;
  if (onDebian) {
    console.log('That failed: installing Debian’s Chromium by itself…');
    aptInstall(['chromium']);
    if (await findBrowser()) return;
  }
  throw new Error(
    'The tests need a browser: install Chromium or Chrome, or set BROWSER_PATH to the program of one.',
  );
}

/** Installs in one go what is not there; what cannot be had is skipped by the tests, by name. */
function installFromDebian(packages) {
  const missing = packages.filter((name) => !isInstalled(name));
  const asked = missing.join(' ');
  if (missing.length === 0 || (existsSync(askedFor) && readFileSync(askedFor, 'utf8') === asked)) {
    return;
  }
  console.log(`Installing what the tests use from Debian: ${missing.join(', ')}…`);
  run('apt-get', ['update', '-qq']);
  const known = missing.filter(isKnown);
  if (known.length < missing.length || !aptInstall(known)) {
    console.log('Not all of it could be had: the tests skip, by name, what needs the rest.');
  }
  writeFileSync(askedFor, asked);
}

function isInstalled(name) {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8' });
  return stdout === 'install ok installed';
}

/** Ubuntu, for one, has no firefox-esr. */
function isKnown(name) {
  const { stdout } = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' });
  return /Candidate: (?!\(none\))/.test(stdout);
}

/** @returns {boolean} whether all of them are installed now */
function aptInstall(names) {
  return run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], {
    DEBIAN_FRONTEND: 'noninteractive',
  });
}

/** @returns {boolean} whether the command succeeded */
function run(command, args, environment = {}) {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...environment },
  });
  return status === 0;
}
