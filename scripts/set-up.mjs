/**
 * Makes a fresh clone ready, with nothing but Node.js 20 and npm to start from; what is done
 * already is not done again.
 *
 *   node scripts/set-up.mjs            what building and serving need
 *   node scripts/set-up.mjs --tests    and what the tests need: a Chromium, and for root on Debian
 *                                      the other engines and the web server they use
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { findBrowser, findSystemBrowser } from './browser.mjs';

const stamp = 'node_modules/.set-up-from';
/** Which packages Debian was asked for last, so that what it does not have is asked for once. */
const askedFor = 'node_modules/.asked-of-debian';

/** What tests use where it is there: engines, what they and Chromium 69 need to run, and nginx. */
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
  const forTests = process.argv.includes('--tests');
  const hasDebian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  const wanted = forTests && !findSystemBrowser() ? ['chromium', ...usedByTests] : usedByTests;
  const asked = forTests && hasDebian ? askDebian(wanted) : undefined;
  try {
    await installPackages();
  } finally {
    await asked;
  }
  assertNode();
  if (forTests) await ensureBrowser(hasDebian);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

/** Installs what the lock file says, unless that is what was installed last. */
async function installPackages() {
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing the packages of package-lock.json…');
  if (!(await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']))) {
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

/** Installs in one go what is not there; what cannot be had, the tests skip by name. */
async function askDebian(wanted) {
  const missing = wanted.filter((name) => !isInstalled(name));
  const list = missing.join(' ');
  if (missing.length === 0) return;
  if (existsSync(askedFor) && readFileSync(askedFor, 'utf8') === list) return;
  console.log(`Installing what the tests use from Debian: ${missing.join(', ')}…`);
  await run('apt-get', ['update', '-qq']);
  const known = missing.filter(isKnown);
  if (!(await aptInstall(known)) || known.length < missing.length) {
    console.log('Not all of it could be had: the tests skip, by name, what needs the rest.');
  }
  // Not before npm, which empties the folder.
  process.once('exit', () => {
    if (existsSync('node_modules')) writeFileSync(askedFor, list);
  });
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

/** @returns {Promise<boolean>} whether all of them are installed now */
function aptInstall(names) {
  const options = ['-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=60'];
  return run('apt-get', ['install', ...options, ...names], {
    // Hundreds of lines of what it unpacks.
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

async function ensureBrowser(hasDebian) {
  if (await findBrowser()) return;
  console.log('No Chromium found: letting Playwright install one…');
  await run('npx', ['playwright', 'install', 'chromium']);
  if (await findBrowser()) return;
  if (hasDebian) {
    console.log('That failed: installing Debian’s Chromium by itself…');
    await aptInstall(['chromium']);
    if (await findBrowser()) return;
  }
  throw new Error(
    'The tests need a browser: install Chromium or Chrome, or set BROWSER_PATH to the program of one.',
  );
}

/** @returns {Promise<boolean>} whether the command succeeded */
function run(command, args, options = {}) {
  return new Promise((resolve) => {
    spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32', ...options })
      .once('error', () => resolve(false))
      .once('close', (status) => resolve(status === 0));
  });
}
