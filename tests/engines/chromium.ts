/** Chromium of any age, over the DevTools protocol that all of them speak. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { findBrowser } from '../../scripts/browser.mjs';
import { Absent, namedKeys, type Browser, type Key, type Page, type Visitor } from './browser.ts';
import { openChannel, type Channel, type Event } from './channel.ts';
import { removeFolder, startProgram, temporaryFolder } from './program.ts';

interface Options {
  /** Runs in every page before its own scripts. */
  firstScript?: string;
}

/** The Chromium that the other tests use. */
export async function startCurrentChromium(): Promise<Browser> {
  const path = await findBrowser();
  if (path === undefined)
    throw new Error('No Chromium was found: run node scripts/set-up.mjs --tests.');
  return startChromium(path, {});
}

/** The Chromium 69 of the package "chromium-69". */
export async function startOldChromium(options: Options): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Absent(
      `it is made for Linux on x86_64, and this is ${process.platform} on ${process.arch}`,
    );
  }
  try {
    return await startChromium(unpackedOldChromium(), options);
  } catch (error) {
    const library = /loading shared libraries: ([^:]+)/.exec(String(error))?.[1];
    if (library === undefined) throw error;
    throw new Absent(
      `the system lacks ${library}: install libnss3, libexpat1 and fontconfig-config`,
    );
  }
}

/** It comes packed, and is unpacked once. */
function unpackedOldChromium(): string {
  const packed = 'node_modules/chromium-69/bin';
  const name = existsSync(packed)
    ? readdirSync(packed).filter((file) => file.endsWith('.br'))[0]
    : undefined;
  if (name === undefined) throw new Absent('the package "chromium-69" is not installed');
  const folder = 'node_modules/.cache/engines';
  const program = join(folder, name.replace(/\.br$/, ''));
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    const unfinished = `${program}.${process.pid}`;
    writeFileSync(unfinished, brotliDecompressSync(readFileSync(join(packed, name))));
    chmodSync(unfinished, 0o755);
    renameSync(unfinished, program);
  }
  return program;
}

async function startChromium(path: string, { firstScript }: Options): Promise<Browser> {
  const profile = temporaryFolder();
  const program = startProgram(path, [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--hide-scrollbars',
    `--user-data-dir=${profile}`,
    '--remote-debugging-port=0',
    'about:blank',
  ]);
  const [, host = '', place = ''] = await program.says(/DevTools listening on (ws:\/\/[^/]+)(\S+)/);
  const channel = await openChannel(host + place);
  const { product } = await channel.ask('Browser.getVersion');
  return {
    version: String(product),
    open: (visitor) => openPage(channel, host, visitor, firstScript),
    stop: async () => {
      channel.close();
      await program.stop();
      removeFolder(profile);
    },
  };
}

/** A context of its own has no storage but its own. */
async function openPage(
  browser: Channel,
  host: string,
  visitor: Visitor,
  firstScript: string | undefined,
): Promise<Page> {
  const { browserContextId } = await browser.ask('Target.createBrowserContext');
  const { targetId } = await browser.ask('Target.createTarget', {
    url: 'about:blank',
    browserContextId,
  });
  const channel = await openChannel(`${host}/devtools/page/${String(targetId)}`);
  const wrong: string[] = [];
  channel.onEvent((event) => {
    const said = wrongIn(event);
    if (said !== undefined) wrong.push(said);
  });
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await channel.ask(`${domain}.enable`);
  await presentAs(channel, visitor);
  if (firstScript !== undefined) {
    await channel.ask('Page.addScriptToEvaluateOnNewDocument', { source: firstScript });
  }
  return {
    go: (address) => go(channel, address),
    evaluate: (expression) => evaluate(channel, expression),
    press: async (keys) => {
      for (const key of keys) await press(channel, key);
    },
    clickAt: async (point) => {
      const button = { ...point, button: 'left', clickCount: 1 };
      await channel.ask('Input.dispatchMouseEvent', { ...point, type: 'mouseMoved' });
      await channel.ask('Input.dispatchMouseEvent', { ...button, type: 'mousePressed' });
      await channel.ask('Input.dispatchMouseEvent', { ...button, type: 'mouseReleased' });
    },
    print: async () => {
      const { data } = await channel.ask('Page.printToPDF');
      return Buffer.from(String(data), 'base64');
    },
    errors: () => wrong,
    close: async () => {
      channel.close();
      await browser.ask('Target.disposeBrowserContext', { browserContextId });
    },
  };
}

async function presentAs(channel: Channel, visitor: Visitor): Promise<void> {
  const { width, height, pixelRatio, userAgent } = visitor;
  await channel.ask('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    screenWidth: width,
    screenHeight: height,
    deviceScaleFactor: pixelRatio,
    mobile: true,
  });
  if (userAgent !== undefined) await channel.ask('Network.setUserAgentOverride', { userAgent });
}

async function go(channel: Channel, address: string): Promise<void> {
  const loaded = new Promise<void>((resolve) => {
    channel.onEvent(({ method }) => {
      if (method === 'Page.loadEventFired') resolve();
    });
  });
  const { errorText } = (await channel.ask('Page.navigate', { url: address })) as {
    errorText?: string;
  };
  if (errorText !== undefined) throw new Error(`${address} did not load: ${errorText}`);
  await loaded;
}

async function evaluate(channel: Channel, expression: string): Promise<string> {
  const { result, exceptionDetails } = (await channel.ask('Runtime.evaluate', {
    expression,
    returnByValue: true,
  })) as { result: { value?: unknown }; exceptionDetails?: Exception };
  if (exceptionDetails) throw new Error(saidBy(exceptionDetails));
  return String(result.value);
}

async function press(channel: Channel, key: Key): Promise<void> {
  const named = key in namedKeys ? namedKeys[key as keyof typeof namedKeys] : undefined;
  const text = named ? named.types : key;
  const event = {
    key: key === 'Space' ? ' ' : key,
    ...(named ? { code: key, windowsVirtualKeyCode: named.code } : {}),
  };
  await channel.ask('Input.dispatchKeyEvent', {
    ...event,
    ...(text === undefined ? { type: 'rawKeyDown' } : { type: 'keyDown', text }),
  });
  await channel.ask('Input.dispatchKeyEvent', { ...event, type: 'keyUp' });
}

interface Exception {
  text: string;
  exception?: { description?: string; value?: string | number };
}

function saidBy({ text, exception }: Exception): string {
  return exception?.description ?? `${text} ${exception?.value ?? ''}`;
}

/** What an old Chromium says of newer words of a content security policy, and then goes on. */
const newToIt =
  /^Unrecognized Content-Security-Policy directive|contains an invalid source: ''|is implemented behind a flag/;

function wrongIn({ method, params }: Event): string | undefined {
  if (method === 'Runtime.exceptionThrown') {
    return saidBy(params.exceptionDetails as Exception);
  }
  if (method === 'Runtime.consoleAPICalled' && params.type === 'error') {
    const args = params.args as { value?: unknown; description?: string }[];
    return `console: ${args.map(({ value, description }) => description ?? String(value)).join(' ')}`;
  }
  if (method === 'Log.entryAdded') {
    const { level, text, url = '' } = params.entry as { level: string; text: string; url?: string };
    return level === 'error' && !newToIt.test(text) ? `${text.trim()} ${url}` : undefined;
  }
  return undefined;
}
