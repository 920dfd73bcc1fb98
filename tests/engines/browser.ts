/** What every engine can do for an errand, however it is driven. */

/** An engine that the matrix knows, whether this machine has it or not. */
export interface Engine {
  name: string;
  /**
   * @param site where a page is to be had, to look at the engine before the errands do
   * @throws {Absent} where this machine does not have it
   */
  start: (site: Site) => Promise<Browser>;
}

/** An engine that runs. */
export interface Browser {
  /** As the engine calls itself. */
  version: string;
  /** What a reader of the matrix should know about it. */
  remark?: string;
  /** A page with nothing stored, as of a visitor who was never here. */
  open: (visitor: Visitor) => Promise<Page>;
  stop: () => Promise<void>;
}

/** What an engine does by itself; `visit.ts` makes of it what a visitor does. */
export interface Page {
  /** Goes to an address and waits until it is loaded. */
  go: (address: string) => Promise<void>;
  /** @returns what the expression gives, which must be a string */
  evaluate: (expression: string) => Promise<string>;
  /** Presses and releases each key. */
  press: (keys: readonly Key[]) => Promise<void>;
  /** Presses what is shown there; CSS pixels from the window's corner. */
  clickAt: (point: { x: number; y: number }) => Promise<void>;
  /** The page as a PDF, where the engine's driver has that. */
  print?: () => Promise<Uint8Array>;
  /**
   * What went wrong in the console and the scripts since it was opened. Where a driver cannot
   * tell, the page is served so that it keeps that itself.
   */
  errors?: () => string[];
  close: () => Promise<void>;
}

/** The built site, being served. */
export interface Site {
  /** Its root, with a slash at the end. */
  address: string;
  /** The same, with a first script that keeps what goes wrong where `wrongKey` says. */
  listeningAddress: string;
  stop: () => Promise<void>;
}

/** Whose screen it is, and as what the browser presents itself. */
export interface Visitor {
  /** CSS pixels. */
  width: number;
  height: number;
  /** Device pixels per CSS pixel. */
  pixelRatio: number;
  /** The engine's own when left out. */
  userAgent?: string;
}

/** A key with a name, or the character it types. */
export type Key = keyof typeof namedKeys | Character;
export type Character = string & { length: 1 };

/** Windows' virtual key codes, as the DevTools protocol wants them, and WebDriver's characters. */
export const namedKeys = {
  Tab: { code: 9, webDriver: '\uE004', types: undefined },
  Enter: { code: 13, webDriver: '\uE007', types: '\r' },
  Escape: { code: 27, webDriver: '\uE00C', types: undefined },
  Space: { code: 32, webDriver: ' ', types: ' ' },
  ArrowDown: { code: 40, webDriver: '\uE015', types: undefined },
} as const;

/** The engine cannot be had on this machine; the message says why. */
export class Absent extends Error {}

/** The engine cannot do this errand, and nobody expects it to; the message says why. */
export class Skipped extends Error {}

/** @throws when the work takes longer; what it was doing goes on by itself */
export async function within<T>(seconds: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new TimeLimit(`${what} took longer than ${seconds} s.`));
    }, seconds * 1000);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Thrown by `within`. */
export class TimeLimit extends Error {}
