import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFileRecord } from '../../../../src/core/backup/fileRecord.ts';
import {
  PlistDate,
  PlistError,
  PlistUid,
  type PlistDictionary,
  type PlistValue,
} from '../../../../src/core/backup/plist.ts';
import { writeBinary, type Widths } from './writePlist.ts';

const bytes = (length: number, from = 0): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => from + index);
const dictionary = (entries: Record<string, PlistValue>): PlistDictionary =>
  new Map(Object.entries(entries));

/** An archive as a device writes it; what the record names by UID is appended to its objects. */
function archive(
  record: Record<string, PlistValue>,
  others: PlistValue[] = [],
  widths?: Widths,
): Uint8Array {
  return writeBinary(
    dictionary({
      $version: 100000,
      $objects: ['$null', dictionary(record), ...others],
      $archiver: 'NSKeyedArchiver',
      $top: dictionary({ root: new PlistUid(1) }),
    }),
    widths,
  );
}

const nothing = {
  size: 0,
  mode: 0,
  lastModified: undefined,
  protectionClass: undefined,
  wrappedKey: undefined,
  digest: undefined,
  target: undefined,
};

describe('the record of a file', () => {
  it('is read from an archive that another program wrote (fixtures/make.py)', () => {
    const file = readFileSync(join(import.meta.dirname, 'fixtures/record.plist'));
    expect(readFileRecord(file)).toEqual({
      size: 70000,
      mode: 0o100644,
      lastModified: 1600275601,
      protectionClass: 3,
      wrappedKey: bytes(40),
      digest: bytes(20, 100),
      target: undefined,
    });
  });

  it('may lack everything', () => {
    expect(readFileRecord(archive({}))).toEqual(nothing);
  });

  it('says where a symbolic link leads, in either kind of text', () => {
    const link = archive({ Target: new PlistUid(2), Mode: 0o120755 }, ['/private/var/Zoë']);
    expect(readFileRecord(link)).toEqual({
      ...nothing,
      mode: 0o120755,
      target: '/private/var/Zoë',
    });
    const mutable = dictionary({ 'NS.string': '/var/mobile' });
    expect(readFileRecord(archive({ Target: new PlistUid(2) }, [mutable])).target).toBe(
      '/var/mobile',
    );
  });

  it.each<[string, PlistValue, PlistValue[]]>([
    ['a number', 1600275601, []],
    ['a number by UID', new PlistUid(2), [1600275601]],
    ['a date', new PlistDate(1600275601), []],
    ['a date by UID', new PlistUid(2), [new PlistDate(1600275601)]],
    ['an archived date', new PlistUid(2), [dictionary({ 'NS.time': 621968401 })]],
  ])('has its day as %s', (_, LastModified, others) => {
    expect(readFileRecord(archive({ LastModified }, others)).lastModified).toBe(1600275601);
  });

  it.each<[string, PlistValue, PlistValue[]]>([
    ['directly', bytes(44), []],
    ['by UID', new PlistUid(2), [bytes(44)]],
    ['as an object', new PlistUid(2), [dictionary({ 'NS.data': bytes(44) })]],
    [
      'as an object whose data have a UID',
      new PlistUid(2),
      [dictionary({ 'NS.data': new PlistUid(3) }), bytes(44)],
    ],
  ])('has its key %s', (_, EncryptionKey, others) => {
    expect(readFileRecord(archive({ EncryptionKey }, others)).wrappedKey).toEqual(bytes(40, 4));
  });

  it('takes "$null" for nothing', () => {
    const none = new PlistUid(0);
    const record = archive({ EncryptionKey: none, Digest: none, Target: none, LastModified: none });
    expect(readFileRecord(record)).toEqual(nothing);
  });

  it('follows a UID beyond 255, and a size beyond 4 GB', () => {
    const others = Array.from({ length: 300 }, (_, index) => `object ${index}`);
    const record = archive({ Target: new PlistUid(301), Size: 5_000_000_000 }, others);
    expect(readFileRecord(record)).toEqual({ ...nothing, size: 5e9, target: 'object 299' });
    const wide = { offset: 3, reference: 2, uid: 8 };
    expect(readFileRecord(archive({ Target: new PlistUid(301) }, others, wide)).target).toBe(
      'object 299',
    );
  });

  it('does not keep the bytes it was read from', () => {
    const record = Buffer.from(archive({ EncryptionKey: bytes(44), Digest: bytes(20) }));
    const { wrappedKey, digest } = readFileRecord(record);
    record.fill(0);
    expect(wrappedKey).toEqual(bytes(40, 4));
    expect(digest).toEqual(bytes(20));
    expect(wrappedKey?.buffer.byteLength).toBe(40);
  });

  it.each<[string, Uint8Array, string]>([
    ['a key of another length', archive({ EncryptionKey: bytes(40) }), 'its key has 40 bytes'],
    ['a size below zero', archive({ Size: -1 }), 'its size is impossible'],
    ['a size beyond all numbers', archive({ Size: 1e300 }), 'its size is impossible'],
    ['a size that is no number', archive({ Size: NaN }), 'its size is impossible'],
    ['a day that no calendar reaches', archive({ LastModified: 1e300 }), 'an impossible date'],
    ['a key that is a number', archive({ EncryptionKey: 5 }), 'its EncryptionKey is not'],
    ['a target that is a list', archive({ Target: [] }), 'its Target is not'],
    ['a UID beyond the objects', archive({ Target: new PlistUid(9) }), 'that is not there'],
    ['no archive', writeBinary(dictionary({ Size: 1 })), 'does not describe a file'],
    ['no dictionary', writeBinary('a text'), 'does not describe a file'],
    [
      'a root that is no object',
      archive({}).map((byte, index, all) => swapRoot(byte, index, all)),
      'does not describe',
    ],
    ['a text', new TextEncoder().encode('<plist/>'), 'not a binary property list'],
    ['no bytes', new Uint8Array(0), 'not a binary property list'],
  ])('is refused with %s', (_, record, message) => {
    const attempt = (): unknown => readFileRecord(record);
    expect(attempt).toThrow(PlistError);
    expect(attempt).toThrow(message);
  });

  it('is not followed round in circles', () => {
    const round = dictionary({ 'NS.data': new PlistUid(2) });
    expect(() => readFileRecord(archive({ Digest: new PlistUid(2) }, [round]))).toThrow(PlistError);
    expect(() => readFileRecord(archive({ Digest: new PlistUid(2) }, [new PlistUid(2)]))).toThrow(
      PlistError,
    );
  });
});

/** Points the only UID of the archive, its root, at "$null". */
function swapRoot(byte: number, index: number, all: Uint8Array): number {
  return all[index - 1] === 0x80 && byte === 1 ? 0 : byte;
}
