/**
 * Password -> keys -> plain bytes, all by WebCrypto. Nothing is kept but the keys handed back, and
 * those cannot be exported.
 */
import { allocate } from './folder.ts';
import { KeyBagError, type KeyBag } from './keyBag.ts';

/** By protection class: keys (AES-KW) that unwrap the keys of files, and can do nothing else. */
export type ClassKeys = Map<number, CryptoKey>;

export class WrongPassword extends Error {
  override readonly name = 'WrongPassword';

  constructor() {
    super('This password does not open the backup.');
  }
}

/** Something cannot be decrypted, password or not. The message is sentences for a visitor. */
export class DecryptionError extends Error {
  override readonly name = 'DecryptionError';
}

const wrappedWithPassword = 2;
const wrappedLength = 40;
const blockLength = 16;
/** Whole blocks, and large enough that the number of pieces does not tell. */
const pieceLength = 4 * 1024 * 1024;

/**
 * The key that wraps the class keys. Slow on purpose: some ten million rounds, so seconds on a
 * computer and up to a minute on an old one.
 * @param password as typed; it counts as UTF-8
 * @throws WrongPassword when it is empty: no backup's is
 */
export async function deriveKey(keyBag: KeyBag, password: string): Promise<CryptoKey> {
  if (password === '') throw new WrongPassword();
  const typed = new TextEncoder().encode(password);
  const first = keyBag.double ? await stretch('SHA-256', typed, keyBag.double) : typed;
  const second = await stretch('SHA-1', first, keyBag);
  return able(subtle().importKey('raw', source(second), 'AES-KW', false, ['unwrapKey']));
}

/** PBKDF2 (RFC 8018) with HMAC of the given hash, to 32 bytes. */
export async function stretch(
  hash: 'SHA-1' | 'SHA-256',
  password: Uint8Array,
  { salt, iterations }: { salt: Uint8Array; iterations: number },
): Promise<Uint8Array> {
  const use: KeyUsage[] = ['deriveBits'];
  const key = await able(subtle().importKey('raw', source(password), 'PBKDF2', false, use));
  const parameters = { name: 'PBKDF2', hash, salt: source(salt), iterations };
  return new Uint8Array(await able(subtle().deriveBits(parameters, key, 256)));
}

/**
 * A single class key that opens proves the password right; others that do not are damaged, and
 * are left out.
 * @throws WrongPassword when none opens, KeyBagError when there is none a password could open
 */
export async function unlock(keyBag: KeyBag, password: string): Promise<ClassKeys> {
  const locked = lockedKeys(keyBag);
  if (locked.length === 0) {
    throw new KeyBagError('The key bag is damaged: it has no keys that a password opens.');
  }
  const key = await deriveKey(keyBag, password);
  const open: ClassKeys = new Map();
  for (const [protectionClass, wrapped] of locked) {
    const classKey = await unwrap(key, wrapped, 'AES-KW', ['unwrapKey']);
    if (classKey) open.set(protectionClass, classKey);
  }
  if (open.size === 0) throw new WrongPassword();
  return open;
}

function lockedKeys({ classes }: KeyBag): [number, Uint8Array][] {
  const locked: [number, Uint8Array][] = [];
  classes.forEach(({ wrap, wrappedKey }, protectionClass) => {
    if ((wrap & wrappedWithPassword) === 0 || wrappedKey?.length !== wrappedLength) return;
    locked.push([protectionClass, wrappedKey]);
  });
  return locked;
}

/**
 * @param wrapped the 40 bytes of a file's key
 * @returns a key (AES-CBC) for `decryptFile` and `decryptInto`
 * @throws DecryptionError when there is no key for the class, or the wrapped key is damaged
 */
export async function unwrapFileKey(
  keys: ClassKeys,
  protectionClass: number,
  wrapped: Uint8Array,
): Promise<CryptoKey> {
  const classKey = keys.get(protectionClass);
  if (!classKey) {
    throw new DecryptionError(`The backup has no key for protection class ${protectionClass}.`);
  }
  const key =
    wrapped.length === wrappedLength
      ? await unwrap(classKey, wrapped, 'AES-CBC', ['decrypt', 'encrypt'])
      : undefined;
  if (!key) throw new DecryptionError('The key of the file is damaged.');
  return key;
}

/**
 * Takes `ManifestKey` of Manifest.plist apart: the class, as four bytes with the smallest first,
 * and the wrapped key of the index.
 * @throws DecryptionError when it has another length
 */
export function splitManifestKey(bytes: Uint8Array): {
  protectionClass: number;
  wrapped: Uint8Array;
} {
  if (bytes.length !== 4 + wrappedLength) {
    throw new DecryptionError(`The key of the index is damaged: it has ${bytes.length} bytes.`);
  }
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  return {
    protectionClass: first + 0x100 * second + 0x1_0000 * third + 0x100_0000 * fourth,
    wrapped: new Uint8Array(bytes.subarray(4)),
  };
}

/**
 * The plain bytes of a file that is in memory. See `decryptInto`.
 * @throws DecryptionError when the bytes are not whole blocks: then the file was cut short
 */
export function decryptFile(key: CryptoKey, bytes: Uint8Array): Promise<Uint8Array> {
  return decryptInto(key, bytes.length, (start, end) =>
    Promise.resolve(bytes.subarray(start, end)),
  );
}

/**
 * The plain bytes of a file (AES-256-CBC from an IV of zeros), decrypted piece by piece. PKCS#7
 * padding is removed where there is some; where not, all bytes are returned: whoever knows the
 * size of the file cuts them to it.
 * @param length of the encrypted bytes
 * @param read gives the encrypted bytes from `start` to before `end`; what it throws passes through
 * @param onProgress gets the number of bytes done; what it throws ends the work
 * @throws DecryptionError when the length is not of whole blocks, or `read` gives too little; TooLarge
 */
export async function decryptInto(
  key: CryptoKey,
  length: number,
  read: (start: number, end: number) => Promise<Uint8Array>,
  onProgress?: (done: number) => void,
): Promise<Uint8Array> {
  if (length % blockLength !== 0) {
    throw new DecryptionError('The file was cut short: it does not end where a block ends.');
  }
  const plain = allocate(length);
  let vector: Uint8Array = new Uint8Array(blockLength);
  for (let start = 0; start < length;) {
    const end = Math.min(start + pieceLength, length);
    const piece = await read(start, end);
    if (piece.length !== end - start) {
      throw new DecryptionError('The file was cut short while it was being read.');
    }
    plain.set(await decryptBlocks(key, vector, piece), start);
    vector = new Uint8Array(piece.subarray(-blockLength));
    start = end;
    onProgress?.(end);
  }
  return withoutPadding(plain);
}

/**
 * WebCrypto insists on padding, which pieces do not have. So a block is appended that decrypts
 * to a byte and its padding: that byte, encrypted with the last block as its IV. (Not no byte at
 * all: Safari has stumbled over empty messages, if in AES-GCM.)
 */
async function decryptBlocks(
  key: CryptoKey,
  vector: Uint8Array,
  blocks: Uint8Array,
): Promise<Uint8Array> {
  const algorithm = (iv: Uint8Array): AesCbcParams => ({ name: 'AES-CBC', iv: source(iv) });
  const last = blocks.subarray(-blockLength);
  const ending = await able(subtle().encrypt(algorithm(last), key, new Uint8Array(1)));
  const padded = new Uint8Array(blocks.length + blockLength);
  padded.set(blocks);
  padded.set(new Uint8Array(ending), blocks.length);
  const plain = await able(subtle().decrypt(algorithm(vector), key, padded));
  return new Uint8Array(plain, 0, blocks.length);
}

/** PKCS#7: as many bytes at the end as each of them says. */
function withoutPadding(bytes: Uint8Array): Uint8Array {
  const count = bytes[bytes.length - 1] ?? 0;
  const isPadding =
    count >= 1 && count <= blockLength && bytes.subarray(-count).every((byte) => byte === count);
  return isPadding ? bytes.subarray(0, bytes.length - count) : bytes;
}

/** @returns undefined when the check value is wrong: another key, or a damaged one */
async function unwrap(
  key: CryptoKey,
  wrapped: Uint8Array,
  algorithm: 'AES-KW' | 'AES-CBC',
  usages: KeyUsage[],
): Promise<CryptoKey | undefined> {
  const unwrapped = { name: algorithm, length: 256 };
  try {
    return await subtle().unwrapKey(
      'raw',
      source(wrapped),
      key,
      'AES-KW',
      unwrapped,
      false,
      usages,
    );
  } catch (error) {
    if (error instanceof Error && error.name === 'OperationError') return undefined;
    throw unable(error);
  }
}

async function able<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw unable(error);
  }
}

function unable(error: unknown): DecryptionError {
  return new DecryptionError(`This browser cannot decrypt here. It says: ${String(error)}`);
}

function subtle(): SubtleCrypto {
  const found = (crypto as { subtle?: SubtleCrypto }).subtle;
  if (found) return found;
  throw new DecryptionError('This browser only decrypts on pages whose address begins with https.');
}

/** The types tell memory that threads share from other memory; none of ours is shared. */
function source(bytes: Uint8Array): BufferSource {
  return bytes as Uint8Array<ArrayBuffer>;
}
