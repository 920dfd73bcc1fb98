/** WebKitGTK, the engine of today's Safari, through its WebDriver on a screen that nobody sees. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Absent, within, type Browser, type Page, type Visitor } from './browser.ts';
import { removeFolder, startProgram, temporaryFolder } from './program.ts';
import { keyActions, pointerActions } from './webDriver.ts';

const driverProgram = '/usr/bin/WebKitWebDriver';
/** Seconds; it takes one or two. */
const mostToStart = 15;
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
  const environment = {
    DISPLAY: `:${display}`,
    GDK_SCALE: String(pixelRatio),
    XDG_CONFIG_HOME: settings,
  };
  const first = await openSession(browser, environment, undefined);
  await first.end();
  return {
    version: `WebKitGTK ${first.version}`,
    open: async (visitor) => {
      const session = await openSession(browser, environment, visitor.userAgent);
      return openPage(session, visitor);
    },
    stop: async () => {
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

interface Session {
  version: string;
  /** @returns what a command of WebDriver gives */
  post: (command: string, body: object) => Promise<unknown>;
  end: () => Promise<void>;
}

/**
 * Once in about a hundred starts the browser ends before it has a page, and its driver waits for
 * it without end. Nothing of the site's is loaded by then, so another try hides nothing.
 */
async function openSession(
  browser: string,
  environment: Record<string, string>,
  userAgent: string | undefined,
): Promise<Session> {
  const mostTries = 3;
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const program = startProgram(driverProgram, [`--port=${port}`], environment);
    try {
      const session = startSession(port, browser, userAgent);
      return { ...(await within(mostToStart, 'WebKitGTK', session)), end: () => program.stop() };
    } catch (error) {
      await program.stop();
      if (tries === mostTries) throw error;
    }
  }
}

/** A session has no storage but its own, and a driver of its own. */
async function startSession(
  port: number,
  browser: string,
  userAgent: string | undefined,
): Promise<Omit<Session, 'end'>> {
  const root = `http://127.0.0.1:${port}/session`;
  await listening(port);
  const { sessionId, capabilities } = (await post(root, {
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
  })) as { sessionId: string; capabilities: { browserVersion: string } };
  return {
    version: capabilities.browserVersion,
    post: (command, body) => post(`${root}/${sessionId}/${command}`, body),
  };
}

async function post(address: string, body: object): Promise<unknown> {
  const response = await fetch(address, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  });
  const { value } = (await response.json()) as { value: unknown };
  const { error, message } = (value ?? {}) as { error?: string; message?: string };
  if (error !== undefined) throw new Error(`${address}: ${error}: ${message ?? ''}`);
  return value;
}

async function openPage(session: Session, { width, height }: Visitor): Promise<Page> {
  await session.post('window/rect', { x: 0, y: 0, width, height });
  const perform = async (actions: object[]): Promise<void> => {
    await session.post('actions', { actions });
  };
  return {
    go: async (address) => {
      await session.post('url', { url: address });
    },
    evaluate: async (expression) =>
      String(await session.post('execute/sync', { script: `return ${expression}`, args: [] })),
    press: (keys) => perform(keyActions(keys)),
    clickAt: (point) => perform(pointerActions(point)),
    close: () => session.end(),
  };
}

/** The driver does not say when it has begun to listen. */
async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      await fetch(`http://127.0.0.1:${port}/status`);
      return;
    } catch {
      await pause(50);
    }
  }
  throw new Error('WebKitWebDriver does not answer.');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
