/** Key bags, wrapped keys and encryption of a backup with a password. */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  pbkdf2Sync,
  type KeyObject,
} from 'node:crypto';
import { noise } from './noise.ts';

/** The classes of data protection in a backup, and which keys wrap theirs. */
const classes: { number: number; wrap: number; hasKey: boolean }[] = [
  ...[1, 2, 3, 4].map((number) => ({ number, wrap: 2, hasKey: true })),
  // Never leaves the device: the block is there, the key is not.
  { number: 5, wrap: 1, hasKey: false },
  ...[6, 7, 8].map((number) => ({ number, wrap: 2, hasKey: true })),
  // "This device only": the password opens them, but the device's own key is still needed.
  ...[9, 10, 11].map((number) => ({ number, wrap: 3, hasKey: true })),
];

export interface KeyBagPlan {
  password: string;
  /** rounds of the second derivation, HMAC-SHA1 */
  iterations: number;
  /** rounds of the first, HMAC-SHA256; undefined before iOS 10.2, which had only the other */
  doubleIterations: number | undefined;
  /** what the bag says of its rounds, where that shall not be the truth */
  claimedIterations?: number;
  seed: string;
}

export interface KeyBag {
  bytes: Buffer;
  /**
   * A key of 32 bytes, wrapped with that of a class.
   * @returns 4 bytes of the class, little-endian, and the 40 of the wrapped key
   */
  wrapFor: (protectionClass: number, key: Uint8Array) => Buffer;
}

export function makeKeyBag(plan: KeyBagPlan): KeyBag {
  const { password, iterations, doubleIterations, seed } = plan;
  const secret = (name: string, length: number): Buffer => noise(`${seed} ${name}`, length);
  const salt = secret('salt', 20);
  const doubleSalt = secret('double salt', 20);
  const first =
    doubleIterations === undefined
      ? Buffer.from(password, 'utf8')
      : pbkdf2Sync(Buffer.from(password, 'utf8'), doubleSalt, doubleIterations, 32, 'sha256');
  const passwordKey = pbkdf2Sync(first, salt, iterations, 32, 'sha1');
  const classKey = (number: number): Buffer => secret(`class ${number}`, 32);
  const wrappingKeys = new Map(
    classes.map(({ number }) => [number, createSecretKey(classKey(number))]),
  );

  const bytes = Buffer.concat([
    entry('VERS', doubleIterations === undefined ? 3 : 5),
    entry('TYPE', 1),
    entry('UUID', secret('bag', 16)),
    entry('HMCK', secret('bag check', 40)),
    entry('WRAP', 1),
    entry('SALT', salt),
    entry('ITER', plan.claimedIterations ?? iterations),
    ...(doubleIterations === undefined
      ? []
      : [
          entry('DPWT', 1),
          entry('DPIC', plan.claimedIterations ?? doubleIterations),
          entry('DPSL', doubleSalt),
        ]),
    ...classes.flatMap(({ number, wrap, hasKey }) => [
      entry('UUID', secret(`uuid ${number}`, 16)),
      entry('CLAS', number),
      entry('WRAP', wrap),
      entry('KTYP', 0),
      ...(hasKey ? [entry('WPKY', wrapKey(passwordKey, classKey(number)))] : []),
    ]),
  ]);
  const wrapFor = (protectionClass: number, key: Uint8Array): Buffer => {
    const wrappingKey = wrappingKeys.get(protectionClass);
    if (!wrappingKey) throw new Error(`The key bag has no class ${protectionClass}, only 1 to 11.`);
    const number = Buffer.alloc(4);
    number.writeUInt32LE(protectionClass);
    return Buffer.concat([number, wrapKey(wrappingKey, key)]);
  };
  return { bytes, wrapFor };
}

/** AES key wrap, RFC 3394: 32 bytes become 40. */
export function wrapKey(wrappingKey: Uint8Array | KeyObject, key: Uint8Array): Buffer {
  const cipher = createCipheriv('id-aes256-wrap', wrappingKey, Buffer.alloc(8, 0xa6));
  return Buffer.concat([cipher.update(key), cipher.final()]);
}

/** AES-256-CBC from a vector of zeros, padded as PKCS#7 says, piece by piece. */
export function* encrypted(key: Uint8Array, pieces: Iterable<Uint8Array>): Generator<Buffer> {
  const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16));
  for (const piece of pieces) yield cipher.update(piece);
  yield cipher.final();
}

/** The length of what `encrypted` makes of so many bytes. */
export const encryptedLength = (length: number): number => length + 16 - (length % 16);

/** Bytes like a file somebody overwrote: they decrypt to something whose padding is not one. */
export function undecryptable(key: Uint8Array, length: number, seed: string): Buffer {
  const bytes = noise(seed, length);
  for (let first = 0; first < 256; first += 1) {
    bytes[length - 16] = first;
    const decipher = createDecipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false);
    const padding = decipher.update(bytes).at(-1) ?? 0;
    if (padding === 0 || padding > 16) return bytes;
  }
  throw new Error('No block without a valid padding was found. Choose another seed.');
}

function entry(tag: string, value: number | Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.write(tag, 'latin1');
  if (typeof value !== 'number') {
    head.writeUInt32BE(value.length, 4);
    return Buffer.concat([head, value]);
  }
  head.writeUInt32BE(4, 4);
  const number = Buffer.alloc(4);
  number.writeUInt32BE(value);
  return Buffer.concat([head, number]);
}
