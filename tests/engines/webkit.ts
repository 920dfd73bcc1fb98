/** WebKitGTK, the engine of today's Safari, through its WebDriver on a screen that nobody sees. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Absent, type Browser, type Page, type Visitor } from './browser.ts';
import { removeFolder, startProgram, temporaryFolder } from './program.ts';
import { keyActions, pointerActions } from './webDriver.ts';

const driverProgram = '/usr/bin/WebKitWebDriver';
const screenProgram = '/usr/bin/Xvfb';

/** @param screen of the visitors to come: WebKitGTK knows none but the one it is shown on */
export async function startWebKit({ width, height, pixelRatio }: Visitor): Promise<Browser> {
  const browser = miniBrowser();
  if (browser === undefined || !existsSync(driverProgram)) {
    throw new Absent('no WebKitWebDriver was found: install webkit2gtk-driver');
  }
  if (!existsSync(screenProgram)) throw new Absent('no Xvfb was found: install xvfb');
  const pixels = `${width * pixelRatio}x${height * pixelRatio}x24`;
  const screen = startProgram(screenProgram, [
    ...['-displayfd', '3', '-screen', '0', pixels, '-nolisten', 'tcp'],
  ]);
  const [display = ''] = await screen.says(/^\d+(?=\n)/m);
  const settings = temporaryFolder();
  shrinkToolbar(settings);
  const port = await freePort();
  const program = startProgram(driverProgram, [`--port=${port}`], {
    DISPLAY: `:${display}`,
    GDK_SCALE: String(pixelRatio),
    XDG_CONFIG_HOME: settings,
  });
  const driver = driverAt(`http://127.0.0.1:${port}`);
  const first = await openSession(driver, browser, undefined);
  await driver('DELETE', first.path);
  return {
    version: `WebKitGTK ${first.version}`,
    open: (visitor) => openPage(driver, browser, visitor),
    stop: async () => {
      await program.stop();
      await screen.stop();
      removeFolder(settings);
    },
  };
}

/** The small browser that comes with WebKitGTK, wherever this system's libraries are. */
function miniBrowser(): string | undefined {
  const libraries = '/usr/lib';
  if (!existsSync(libraries)) return undefined;
  return readdirSync(libraries)
    .map((system) => join(libraries, system, 'webkit2gtk-4.1', 'MiniBrowser'))
    .filter(existsSync)[0];
}

/** Its toolbar would keep the window from being as narrow as a phone. */
function shrinkToolbar(settings: string): void {
  const folder = join(settings, 'gtk-3.0');
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'gtk.css'),
    '* { min-width: 0; min-height: 0; padding: 0; margin: 0; font-size: 4px; }\n',
  );
}

/** @returns what a WebDriver command gives */
type Driver = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>;

function driverAt(address: string): Driver {
  return async (method, path, body) => {
    const response = await fetch(address + path, {
      method,
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
      headers: { 'Content-Type': 'application/json' },
    });
    const { value } = (await response.json()) as { value: unknown };
    const { error, message } = (value ?? {}) as { error?: string; message?: string };
    if (error !== undefined) throw new Error(`${path}: ${error}: ${message ?? ''}`);
    return value;
  };
}

/** A session has no storage but its own. */
async function openSession(
  driver: Driver,
  browser: string,
  userAgent: string | undefined,
): Promise<{ path: string; version: string }> {
  const { sessionId, capabilities } = (await patiently(() =>
    driver('POST', '/session', {
      capabilities: {
        alwaysMatch: {
          'webkitgtk:browserOptions': {
            binary: browser,
            args: [
              ...['--automation', '--full-screen'],
              ...(userAgent === undefined ? [] : [`--user-agent=${userAgent}`]),
            ],
          },
        },
      },
    }),
  )) as { sessionId: string; capabilities: { browserVersion: string } };
  return { path: `/session/${sessionId}`, version: capabilities.browserVersion };
}

/** The driver does not say when it has begun to listen. */
async function patiently<T>(connect: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      return await connect();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      await pause(100);
    }
  }
  throw new Error('WebKitWebDriver does not answer.');
}

async function openPage(
  driver: Driver,
  browser: string,
  { width, height, userAgent }: Visitor,
): Promise<Page> {
  const { path } = await openSession(driver, browser, userAgent);
  await driver('POST', `${path}/window/rect`, { x: 0, y: 0, width, height });
  const perform = async (actions: object[]): Promise<void> => {
    await driver('POST', `${path}/actions`, { actions });
  };
  return {
    go: async (address) => {
      await driver('POST', `${path}/url`, { url: address });
    },
    evaluate: async (expression) =>
      String(
        await driver('POST', `${path}/execute/sync`, { script: `return ${expression}`, args: [] }),
      ),
    press: (keys) => perform(keyActions(keys)),
    clickAt: (point) => perform(pointerActions(point)),
    close: async () => {
      await driver('DELETE', path);
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
