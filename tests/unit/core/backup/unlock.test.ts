import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { KeyBagError, readKeyBag, type KeyBag } from '../../../../src/core/backup/keyBag.ts';
import {
  decryptFile,
  decryptInto,
  DecryptionError,
  deriveKey,
  splitManifestKey,
  stretch,
  unlock,
  unwrapFileKey,
  WrongPassword,
} from '../../../../src/core/backup/unlock.ts';
import { classBlock, header, number, record, writeKeyBag } from './writeKeyBag.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const { subtle } = globalThis.crypto;
const hex = (digits: string): Bytes => Uint8Array.from(Buffer.from(digits, 'hex'));
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const random = (length: number): Bytes => Uint8Array.from(randomBytes(length));

/** Keys as `unlock` and `unwrapFileKey` make them, but from bytes that a standard gives. */
const unwrapping = (key: Bytes): Promise<CryptoKey> =>
  subtle.importKey('raw', key, 'AES-KW', false, ['unwrapKey']);
const decrypting = (key: Bytes): Promise<CryptoKey> =>
  subtle.importKey('raw', key, 'AES-CBC', false, ['decrypt', 'encrypt']);

/** Made with Node's own cryptography (OpenSSL), through none of the code under test. */
function wrapByNode(kek: Uint8Array, key: Uint8Array): Bytes {
  const cipher = createCipheriv('id-aes256-wrap', kek, Buffer.alloc(8, 0xa6));
  return Uint8Array.from(Buffer.concat([cipher.update(key), cipher.final()]));
}
function encryptByNode(key: Uint8Array, plain: Uint8Array, padding = true): Bytes {
  const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(padding);
  return Uint8Array.from(Buffer.concat([cipher.update(plain), cipher.final()]));
}

describe('PBKDF2, to 32 bytes', () => {
  // The RFCs' results have other lengths. PBKDF2 of any length begins the same, so as many bytes
  // are compared as both have.
  it.each([
    ['password', 'salt', 1, '0c60c80f961f0e71f3a9b524af6012062fe037a6'],
    ['password', 'salt', 2, 'ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957'],
    ['password', 'salt', 4096, '4b007901b765489abead49d926f721d065a429c1'],
    [
      'passwordPASSWORDpassword',
      'saltSALTsaltSALTsaltSALTsaltSALTsalt',
      4096,
      '3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038',
    ],
    ['pass\0word', 'sa\0lt', 4096, '56fa6aa75548099dcc37d7f03425e0c3'],
  ])('with SHA-1 agrees with RFC 6070: %j, %j, %d', async (password, salt, iterations, key) => {
    const bytes = await stretch('SHA-1', utf8(password), { salt: utf8(salt), iterations });
    expect(bytes).toHaveLength(32);
    expect(toHex(bytes).slice(0, key.length)).toBe(key);
  });

  it.each([
    ['passwd', 'salt', 1, '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc'],
    ['Password', 'NaCl', 80000, '4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56'],
  ])('with SHA-256 agrees with RFC 7914: %j, %j, %d', async (password, salt, iterations, key) => {
    const bytes = await stretch('SHA-256', utf8(password), { salt: utf8(salt), iterations });
    expect(toHex(bytes)).toBe(key);
  });
});

describe('AES key unwrap', () => {
  const kek = hex('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
  const keyData = hex('00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f');
  const wrapped = hex(
    '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21',
  );

  it('agrees with RFC 3394, section 4.6 (256 bits with 256 bits)', async () => {
    const key = await unwrapFileKey(new Map([[3, await unwrapping(kek)]]), 3, wrapped);
    // The key cannot be exported, so it is known by what it opens.
    const plain = utf8('what only that key opens');
    expect(await decryptFile(key, encryptByNode(keyData, plain))).toEqual(plain);
    expect(wrapByNode(kek, keyData)).toEqual(wrapped);
  });

  it('gives keys that cannot be exported', async () => {
    const key = await unwrapFileKey(new Map([[3, await unwrapping(kek)]]), 3, wrapped);
    await expect(subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it.each<[string, number, Uint8Array, string]>([
    ['a bit is wrong', 3, wrapped.map((byte, at) => (at === 7 ? byte ^ 1 : byte)), 'is damaged'],
    ['it is too short', 3, wrapped.subarray(0, 32), 'is damaged'],
    ['it is empty', 3, new Uint8Array(0), 'is damaged'],
    ['its class has no key', 4, wrapped, 'no key for protection class 4'],
  ])('is refused when %s', async (_, protectionClass, bytes, message) => {
    const keys = new Map([[3, await unwrapping(kek)]]);
    const attempt = unwrapFileKey(keys, protectionClass, bytes);
    await expect(attempt).rejects.toThrow(DecryptionError);
    await expect(attempt).rejects.toThrow(message);
  });
});

describe('AES-256-CBC', () => {
  // NIST SP 800-38A, F.2.5 and F.2.6: four blocks, no padding, and an IV that is not zero.
  const key = hex('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4');
  const iv = hex('000102030405060708090a0b0c0d0e0f');
  const plain = hex(
    '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51' +
      '30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710',
  );
  const encrypted = hex(
    'f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d' +
      '39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b',
  );

  it('agrees with F.2.6, but for the IV: ours is fixed to zeros, which tells in the first block alone', async () => {
    const found = await decryptFile(await decrypting(key), encrypted);
    expect(found).toEqual(plain.map((byte, at) => byte ^ (iv[at] ?? 0)));
  });

  it('agrees with F.2.6 when its IV is what an earlier piece ended with', async () => {
    // One block that ends in the IV, in front: the rest is then the standard's own, IV and all.
    const found = await decryptFile(await decrypting(key), Uint8Array.from([...iv, ...encrypted]));
    expect(found.subarray(16)).toEqual(plain);
  });

  it('agrees with F.2.5 in the call that makes the appended block (WebCrypto alone)', async () => {
    const made = await subtle.encrypt({ name: 'AES-CBC', iv }, await decrypting(key), plain);
    expect(new Uint8Array(made, 0, encrypted.length)).toEqual(encrypted);
  });
});

describe('a file', () => {
  const key = random(32);
  const mebibyte = 1024 * 1024;

  it('is decrypted, whatever its length', async () => {
    const cryptoKey = await decrypting(key);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (plain) => {
        expect(await decryptFile(cryptoKey, encryptByNode(key, plain))).toEqual(plain);
      }),
    );
  });

  it('is returned whole where it has no padding', async () => {
    const plain = new Uint8Array(48).fill(0x61);
    const found = await decryptFile(await decrypting(key), encryptByNode(key, plain, false));
    expect(found).toEqual(plain);
  });

  it.each([
    ['zero', 0],
    ['more than a block', 17],
    ['more than there is of it', 3],
  ])('keeps an end that is no padding: %s', async (_, last) => {
    const plain = new Uint8Array(32).fill(0x61);
    plain[31] = last;
    const found = await decryptFile(await decrypting(key), encryptByNode(key, plain, false));
    expect(found).toEqual(plain);
  });

  it('may be empty, with padding or without', async () => {
    const cryptoKey = await decrypting(key);
    expect(await decryptFile(cryptoKey, new Uint8Array(0))).toHaveLength(0);
    expect(await decryptFile(cryptoKey, encryptByNode(key, new Uint8Array(0)))).toHaveLength(0);
  });

  it.each([4 * mebibyte - 1, 4 * mebibyte, 4 * mebibyte + 1, 9 * mebibyte + 5])(
    'of %d bytes is decrypted in pieces',
    async (length) => {
      const plain = random(length);
      const encrypted = encryptByNode(key, plain);
      const asked: [number, number][] = [];
      const progress: number[] = [];
      const shared = Buffer.alloc(4 * mebibyte);
      const found = await decryptInto(
        await decrypting(key),
        encrypted.length,
        (start, end) => {
          asked.push([start, end]);
          // One buffer for all pieces, as a reader of files may do.
          shared.set(encrypted.subarray(start, end));
          return Promise.resolve(shared.subarray(0, end - start));
        },
        (done) => progress.push(done),
      );
      expect(Buffer.compare(found, plain)).toBe(0);
      expect(asked.every(([start, end]) => end - start <= 4 * mebibyte)).toBe(true);
      expect(progress).toEqual(asked.map(([, end]) => end));
      expect(progress[progress.length - 1]).toBe(encrypted.length);
    },
  );

  it('that was cut short is refused', async () => {
    const cut = encryptByNode(key, random(100)).subarray(0, 50);
    await expect(decryptFile(await decrypting(key), cut)).rejects.toThrow('was cut short');
    const read = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array(16));
    const attempt = decryptInto(await decrypting(key), 32, read);
    await expect(attempt).rejects.toThrow('cut short while it was being read');
  });

  it('too large for memory is refused with a sentence', async () => {
    const read = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array(0));
    const attempt = decryptInto(await decrypting(key), 2 ** 52, read);
    await expect(attempt).rejects.toThrow('too large for the memory');
  });

  it('hands on what reading it, or whoever watches, throws', async () => {
    const cryptoKey = await decrypting(key);
    const gone = (): Promise<Uint8Array> => Promise.reject(new RangeError('gone'));
    await expect(decryptInto(cryptoKey, 16, gone)).rejects.toThrow('gone');
    const read = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array(16));
    const cancel = (): void => {
      throw new RangeError('canceled');
    };
    await expect(decryptInto(cryptoKey, 16, read, cancel)).rejects.toThrow('canceled');
  });
});

describe('the key of the index', () => {
  it('has its class in front, the smallest byte first', () => {
    const wrapped = random(40);
    expect(splitManifestKey(Uint8Array.from([3, 0, 0, 0, ...wrapped]))).toEqual({
      protectionClass: 3,
      wrapped,
    });
    expect(splitManifestKey(Uint8Array.from([1, 2, 3, 0x84, ...wrapped])).protectionClass).toBe(
      0x84030201,
    );
  });

  it('is refused with another length', () => {
    expect(() => splitManifestKey(new Uint8Array(43))).toThrow(DecryptionError);
  });
});

describe('a password', () => {
  const password = 'Zoë’s p\u{1f511}ss';
  const salt = random(20);
  const longSalt = random(20);
  const classKeys = new Map([1, 2, 3, 4, 11].map((each) => [each, random(32)] as const));

  /** The steps of both eras, by Node. */
  function kekByNode(double: boolean): Buffer {
    const first = double ? pbkdf2Sync(password, longSalt, 2000, 32, 'sha256') : password;
    return pbkdf2Sync(first, salt, 1000, 32, 'sha1');
  }

  function keyBag(double: boolean): KeyBag {
    const kek = kekByNode(double);
    const classes = [...classKeys].flatMap(([each, key]) =>
      classBlock(each, each === 4 ? 3 : 2, wrapByNode(kek, key)),
    );
    const second = [record('DPIC', number(2000)), record('DPSL', longSalt)];
    return readKeyBag(
      writeKeyBag([
        ...header({ salt, iterations: 1000 }),
        ...(double ? second : []),
        ...classes,
        ...classBlock(5, 1, random(40)),
        ...classBlock(6, 2),
      ]),
    );
  }

  it.each([
    ['of iOS 10.2 and later', true],
    ['of earlier ones', false],
  ])('opens a backup %s, down to a file', async (_, double) => {
    const keys = await unlock(keyBag(double), password);
    expect([...keys.keys()].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 11]);
    for (const [protectionClass, classKey] of classKeys) {
      const fileKey = random(32);
      const key = await unwrapFileKey(keys, protectionClass, wrapByNode(classKey, fileKey));
      const plain = utf8(`a file of class ${protectionClass}`);
      expect(await decryptFile(key, encryptByNode(fileKey, plain))).toEqual(plain);
    }
  });

  it('leads to a key that can unwrap, and not be exported', async () => {
    const key = await deriveKey(keyBag(true), password);
    expect([key.usages, key.extractable]).toEqual([['unwrapKey'], false]);
    const wrapped = wrapByNode(kekByNode(true), random(32));
    await expect(unwrapFileKey(new Map([[0, key]]), 0, wrapped)).resolves.toBeDefined();
  });

  it.each(['wrong', `${password} `, password.toLowerCase(), ''])(
    'that is "%s" is the wrong one',
    async (typed) => {
      await expect(unlock(keyBag(true), typed)).rejects.toThrow(WrongPassword);
    },
  );

  it('that is empty is wrong without any work, which some engines would refuse', async () => {
    vi.stubGlobal('crypto', {});
    await expect(unlock(keyBag(true), '')).rejects.toThrow(WrongPassword);
    vi.unstubAllGlobals();
  });

  it('is still right when one of the class keys is damaged', async () => {
    const bag = keyBag(true);
    bag.classes.get(3)?.wrappedKey?.fill(0);
    const keys = await unlock(bag, password);
    expect([...keys.keys()].sort((a, b) => a - b)).toEqual([1, 2, 4, 11]);
  });

  it('is not asked for work when there is nothing it could open', async () => {
    const bag = { ...keyBag(true), classes: new Map([[5, { wrap: 1, wrappedKey: random(40) }]]) };
    await expect(unlock(bag, password)).rejects.toThrow(KeyBagError);
  });

  it('is not called wrong when the browser is at fault', async () => {
    const bag = keyBag(true);
    try {
      vi.stubGlobal('crypto', {});
      await expect(unlock(bag, password)).rejects.toThrow('https');
      const broken = { unwrapKey: () => Promise.reject(new TypeError('no such thing')) };
      const names = ['importKey', 'deriveBits'] as const;
      const rest = Object.fromEntries(names.map((name) => [name, subtle[name].bind(subtle)]));
      vi.stubGlobal('crypto', { subtle: { ...rest, ...broken } });
      await expect(unlock(bag, password)).rejects.toThrow(DecryptionError);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
