/** Firefox, over WebDriver BiDi, which it speaks by itself. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Absent, Skipped, type Browser, type Page, type Visitor } from './browser.ts';
import { openChannel, type Channel } from './channel.ts';
import { removeFolder, startProgram, temporaryFolder } from './program.ts';
import { keyActions, pointerActions } from './webDriver.ts';

/** Distributions whose plain "firefox" is a Snap are left out: a Snap sees no temporary profile. */
const usualPlaces = [
  '/usr/bin/firefox-esr',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

export async function startFirefox(): Promise<Browser> {
  const path = [process.env.FIREFOX_PATH ?? '', ...usualPlaces].filter(existsSync)[0];
  if (path === undefined) {
    throw new Absent(
      'no Firefox was found: install firefox-esr, or name its program in FIREFOX_PATH',
    );
  }
  const profile = temporaryFolder();
  // The dialog of window.print() would wait for somebody to press a button.
  writeFileSync(join(profile, 'user.js'), 'user_pref("print.enabled", false);\n');
  const program = startProgram(path, [
    '--headless',
    '--no-remote',
    '--profile',
    profile,
    '--remote-debugging-port=0',
    'about:blank',
  ]);
  const [, host = ''] = await program.says(/WebDriver BiDi listening on (ws:\/\/\S+)/);
  const channel = await openChannel(`${host}/session`);
  const { capabilities } = await channel.ask('session.new', { capabilities: {} });
  const { browserName, browserVersion } = capabilities as Record<string, unknown>;
  await channel.ask('session.subscribe', { events: ['log.entryAdded'] });
  return {
    version: `${String(browserName)} ${String(browserVersion)}`,
    open: (visitor) => openPage(channel, visitor),
    stop: async () => {
      channel.close();
      await program.stop();
      removeFolder(profile);
    },
  };
}

/** A user context has no storage but its own. */
async function openPage(channel: Channel, visitor: Visitor): Promise<Page> {
  const { userContext } = await channel.ask('browser.createUserContext');
  const { context } = await channel.ask('browsingContext.create', { type: 'tab', userContext });
  await presentAs(channel, context, visitor);
  const wrong: string[] = [];
  channel.onEvent(({ method, params }) => {
    const { context: where } = (params.source ?? {}) as { context?: unknown };
    if (method === 'log.entryAdded' && params.level === 'error' && where === context) {
      wrong.push(`${String(params.type)}: ${String(params.text)}`);
    }
  });
  const perform = async (actions: object[]): Promise<void> => {
    await channel.ask('input.performActions', { context, actions });
  };
  return {
    go: async (address) => {
      await channel.ask('browsingContext.navigate', { context, url: address, wait: 'complete' });
    },
    evaluate: (expression) => evaluate(channel, context, expression),
    press: (keys) => perform(keyActions(keys)),
    clickAt: (point) => perform(pointerActions(point)),
    print: async () => {
      const { data } = await channel.ask('browsingContext.print', { context });
      return Buffer.from(String(data), 'base64');
    },
    errors: () => wrong,
    close: async () => {
      await channel.ask('browser.removeUserContext', { userContext });
    },
  };
}

async function presentAs(channel: Channel, context: unknown, visitor: Visitor): Promise<void> {
  const { width, height, pixelRatio, userAgent } = visitor;
  await channel.ask('browsingContext.setViewport', {
    context,
    viewport: { width, height },
    devicePixelRatio: pixelRatio,
  });
  if (userAgent === undefined) return;
  const there = { contexts: [context] };
  try {
    await channel.ask('emulation.setUserAgentOverride', { ...there, userAgent });
    await channel.ask('emulation.setScreenSettingsOverride', {
      ...there,
      screenArea: { width, height },
    });
  } catch (error) {
    if (!String(error).includes('unknown command')) throw error;
    throw new Skipped('a Firefox of this age cannot present itself as another device');
  }
}

async function evaluate(channel: Channel, context: unknown, expression: string): Promise<string> {
  const answer = await channel.ask('script.evaluate', {
    expression,
    target: { context },
    awaitPromise: false,
  });
  if (answer.type === 'exception') {
    throw new Error((answer.exceptionDetails as { text: string }).text);
  }
  return String((answer.result as { value?: unknown }).value);
}
