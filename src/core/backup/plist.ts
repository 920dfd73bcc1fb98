/** Bytes of a property list, Apple's format for settings and records -> its values. */
import { readBinaryPlist } from './binaryPlist.ts';
import { PlistError, plistLimits, type PlistDictionary, type PlistValue } from './plistValue.ts';
import { readXmlPlist } from './xmlPlist.ts';

export {
  PlistDate,
  PlistError,
  PlistUid,
  type PlistDictionary,
  type PlistValue,
} from './plistValue.ts';

/**
 * Reads a property list in either of its encodings: XML (UTF-8, or UTF-16 with its mark) or
 * binary. Strict, and bounded in size, depth and number of values: hostile bytes cost no more
 * than large ones. A value that the bytes refer to twice is the same object in both places.
 * @throws PlistError, and nothing else
 */
export function readPlist(bytes: Uint8Array): PlistValue {
  if (bytes.length === 0) throw new PlistError('It is empty.');
  if (bytes.length > plistLimits.bytes) {
    throw new PlistError('It is larger than 64 MB; nothing of its kind in a backup is.');
  }
  return startsWith(bytes, 'bplist') ? readBinaryPlist(bytes) : readXmlPlist(bytes);
}

export function asDictionary(value: PlistValue | undefined): PlistDictionary | undefined {
  return value instanceof Map ? value : undefined;
}

export function asText(value: PlistValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function asData(value: PlistValue | undefined): Uint8Array | undefined {
  return value instanceof Uint8Array ? value : undefined;
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Array.from(text).every((letter, index) => bytes[index] === letter.charCodeAt(0));
}
