/** What a property list can hold, however it is written down. */

/**
 * Texts, numbers and yes or no are JavaScript's own. A whole number beyond 2^53 is the nearest
 * double. Sets are lists. Data are views of the bytes that were read, not copies.
 */
export type PlistValue =
  string | number | boolean | PlistDate | Uint8Array | PlistUid | PlistValue[] | PlistDictionary;

export type PlistDictionary = Map<string, PlistValue>;

/** A moment. Never one that JavaScript's own dates could not hold. */
export class PlistDate {
  /** Unix seconds, UTC. */
  readonly seconds: number;

  /** @throws PlistError when it is further away than 270,000 years */
  constructor(seconds: number) {
    if (!(Math.abs(seconds) <= furthestSeconds))
      throw new PlistError('It holds an impossible date.');
    this.seconds = seconds;
  }
}

/** In an archive of objects (NSKeyedArchiver): the object at this place of the list `$objects`. */
export class PlistUid {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }
}

/**
 * The bytes are no property list that we read. The message is sentences about "it", to stand
 * after one that names the file: "Info.plist cannot be read. It ends in the middle of a list."
 */
export class PlistError extends Error {
  override readonly name = 'PlistError';
}

/** What no list in a backup comes near to, and what a reader refuses to go beyond. */
export const plistLimits = {
  bytes: 64 * 1024 * 1024,
  /** A value that is referred to twice counts twice: so nobody who walks the values walks longer. */
  values: 2_000_000,
  depth: 100,
};

const furthestSeconds = 8.64e12;

export const tooDeep = `It is nested more than ${plistLimits.depth} levels deep; nothing in a backup is.`;
export const tooManyValues =
  'It claims to hold more than two million values; nothing in a backup does.';
