/**
 * Where AppleDB publishes, and how to read it from there or from a folder that holds the same files.
 *
 * The addresses are those of https://github.com/littlebyteorg/appledb/blob/main/API.md:
 * - `device/main.json`: every device;
 * - `ios/iOS/main.json`: every build of iOS, iPadOS and iPhone OS, without their over-the-air downloads
 *   (the "Important" note of 2024-02-01 there);
 * - `ios/<key>.json`, such as `ios/iOS;20H392.json`: one build with them.
 *
 * The site is the gh-pages branch of that repository: a checkout of it, or a download of these files, serves
 * as the folder.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const appledbAddress = 'https://api.appledb.dev/';

/** Most bytes of one file: the list of builds has some 20 MB. */
const mostBytes = 200_000_000;

/** Reads a published file as JSON. Its errors are sentences; `NotPublished` where there is no such file. */
export type ReadPublished = (file: string) => Promise<unknown>;

/** There is no such file at the address or in the folder. */
export class NotPublished extends Error {}

/**
 * @param from an address that starts with https:// (http:// on this machine), or a folder
 * @param timeoutSeconds how long one file may take, from the first byte asked for to the last
 * @throws Error when the address is of another kind
 */
export function publishedAt(from: string, timeoutSeconds: number): ReadPublished {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(from)) {
    return async (file) => parsed(await textOfFile(join(from, file)), join(from, file));
  }
  const base = addressIn(from);
  return async (file) => {
    const address = new URL(encodeURI(file), base).href;
    return parsed(await textAt(address, timeoutSeconds), address);
  };
}

function addressIn(from: string): URL {
  const address = URL.canParse(from) ? new URL(from.endsWith('/') ? from : `${from}/`) : undefined;
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(address?.hostname ?? '');
  if (!address || !(address.protocol === 'https:' || (here && address.protocol === 'http:'))) {
    throw new Error(`Facts are read from an https address or a folder; "${from}" is neither.`);
  }
  return address;
}

async function textOfFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new NotPublished(`There is no file ${file}.`);
    }
    throw new Error(`${file} cannot be read (${reasonOf(error)}).`, { cause: error });
  }
}

async function textAt(address: string, timeoutSeconds: number): Promise<string> {
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    const response = await fetch(address, { signal, headers: { accept: 'application/json' } });
    if (response.status === 404) throw new NotPublished(`There is no ${address}.`);
    if (!response.ok) {
      throw new Refused(`${address} answered ${response.status}. Try again later.`);
    }
    return await limitedText(response, address);
  } catch (error) {
    if (error instanceof NotPublished || error instanceof Refused) throw error;
    throw new Error(
      signal.aborted
        ? `${address} did not answer in full within ${timeoutSeconds} seconds. Try again later.`
        : `${address} cannot be reached (${reasonOf(error)}). Is this machine online, and the address right?`,
      { cause: error },
    );
  }
}

/** An answer that is no use; its sentence is complete. */
class Refused extends Error {}

async function limitedText(response: Response, address: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    const part = chunk as Uint8Array;
    bytes += part.length;
    if (bytes > mostBytes) {
      throw new Refused(
        `${address} is larger than ${mostBytes / 1e6} MB: that is not the list meant.`,
      );
    }
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(`${place} is not JSON; it begins with ${JSON.stringify(text.slice(0, 40))}.`);
  }
}

/** `fetch` hides what happened in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error
    ? cause.message || ((cause as NodeJS.ErrnoException).code ?? cause.name)
    : String(cause);
}
