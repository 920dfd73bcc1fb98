/**
 * What the index of a backup (Manifest.db) knows of one file: the column `file` of its table
 * `Files`. An archive of objects (NSKeyedArchiver): `$top` names the record's place in the list
 * `$objects`, and what the record does not hold itself it names by a place there, too.
 */
import { appleEpoch, BinaryPlist } from './binaryPlist.ts';
import { PlistDate, PlistError, PlistUid } from './plistValue.ts';

export interface FileRecord {
  /** In bytes; 0 where the record does not say. Can be off for a file that changed meanwhile. */
  size: number;
  /** Unix kind and permissions; 0 where the record does not say. */
  mode: number;
  /** Unix seconds, UTC. */
  lastModified: number | undefined;
  /** Which class key opens `wrappedKey`. */
  protectionClass: number | undefined;
  /** The 40 bytes of the file's wrapped key, without the 4 in front of it that say its class. */
  wrappedKey: Uint8Array | undefined;
  /** SHA-1 of the stored bytes, 20 bytes. */
  digest: Uint8Array | undefined;
  /** Where a symbolic link leads. */
  target: string | undefined;
}

const classLength = 4;
const wrappedLength = 40;

/**
 * Reads only what it needs, without building the other values: an index has up to half a
 * million of these. What it returns does not keep the given bytes alive.
 * @throws PlistError
 */
export function readFileRecord(bytes: Uint8Array): FileRecord {
  const archive = new Archive(bytes);
  const key = archive.data('EncryptionKey');
  if (key && key.length !== classLength + wrappedLength) {
    throw new PlistError(`It is damaged: its key has ${key.length} bytes where 44 belong.`);
  }
  const size = archive.number('Size') ?? 0;
  if (!(size >= 0 && Number.isSafeInteger(size))) {
    throw new PlistError('It is damaged: its size is impossible.');
  }
  return {
    size,
    mode: archive.number('Mode') ?? 0,
    lastModified: archive.seconds('LastModified'),
    protectionClass: archive.number('ProtectionClass'),
    wrappedKey: key?.slice(classLength),
    digest: archive.data('Digest')?.slice(),
    target: archive.text('Target'),
  };
}

const names = [
  'Size',
  'Mode',
  'LastModified',
  'ProtectionClass',
  'EncryptionKey',
  'Digest',
  'Target',
] as const;

type Name = (typeof names)[number];

/** The entries of the archive's main object, by name. What is there but "$null" is not there. */
class Archive {
  private readonly plist: BinaryPlist;
  private readonly objects: number;
  private readonly entries: (number | undefined)[];

  constructor(bytes: Uint8Array) {
    this.plist = new BinaryPlist(bytes);
    const [top, objects] = this.plist.entries(this.plist.root, ['$top', '$objects']);
    const root = top === undefined ? undefined : this.plist.entries(top, ['root'])[0];
    if (root === undefined || objects === undefined) throw noRecord();
    this.objects = objects;
    const record = this.followed(root);
    if (!this.plist.isDictionary(record)) throw noRecord();
    this.entries = this.plist.entries(record, names);
  }

  number(name: Name): number | undefined {
    const found = this.find(name);
    const value = found === undefined ? undefined : this.plist.scalar(found);
    return typeof value === 'number' ? value : undefined;
  }

  /** Some eras write Unix seconds, some a date, and an archived date is an object of its own. */
  seconds(name: Name): number | undefined {
    const found = this.find(name);
    if (found === undefined) return undefined;
    const value = this.plist.scalar(found);
    if (value instanceof PlistDate) return value.seconds;
    if (typeof value === 'number') return new PlistDate(value).seconds;
    const time = this.plist.entries(found, ['NS.time'])[0];
    const sinceApple = time === undefined ? undefined : this.plist.scalar(time);
    return typeof sinceApple === 'number'
      ? new PlistDate(sinceApple + appleEpoch).seconds
      : undefined;
  }

  data(name: Name): Uint8Array | undefined {
    return this.wrapped(name, 'NS.data', (value) => value instanceof Uint8Array);
  }

  text(name: Name): string | undefined {
    return this.wrapped(name, 'NS.string', (value) => typeof value === 'string');
  }

  /** As the value itself, or inside an object that has it under a name of its own. */
  private wrapped<Kind>(
    name: Name,
    inside: string,
    isKind: (value: unknown) => value is Kind,
  ): Kind | undefined {
    const found = this.find(name);
    if (found === undefined) return undefined;
    const [inner] = this.plist.entries(found, [inside]);
    const value = this.plist.scalar(inner === undefined ? found : this.followed(inner));
    if (isKind(value)) return value;
    throw new PlistError(`It is damaged: its ${name} is not what it should be.`);
  }

  private find(name: Name): number | undefined {
    const entry = this.entries[names.indexOf(name)];
    if (entry === undefined) return undefined;
    const object = this.followed(entry);
    return this.plist.isText(object, '$null') ? undefined : object;
  }

  private followed(object: number): number {
    const value = this.plist.scalar(object);
    return value instanceof PlistUid ? this.plist.element(this.objects, value.index) : object;
  }
}

function noRecord(): PlistError {
  return new PlistError('It does not describe a file.');
}
