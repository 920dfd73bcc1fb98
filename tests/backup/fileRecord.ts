import { Real, Uid, appleEpoch, binaryPlist, type Plist } from './plist.ts';

/** What a record of the index says of one file, folder or link. */
export interface RecordFacts {
  relativePath: string;
  /** bytes before encryption */
  size: number;
  /** kind and permissions as Unix has them */
  mode: number;
  /** Unix seconds */
  lastModified: number;
  protectionClass: number;
  inode: number;
  /** class number and wrapped key together, 44 bytes */
  encryptionKey?: Uint8Array | undefined;
  /** SHA-1 of the stored bytes, and how the archive holds it: both ways occur */
  digest?: { bytes: Uint8Array; archivedAs: 'data' | 'object' } | undefined;
  /** where a link points */
  target?: string | undefined;
}

export interface RecordStyle {
  /** `seconds` since 1970; `dates` as a date value; `archived` as an object of class NSDate */
  dates: 'seconds' | 'dates' | 'archived';
  /** bytes of extended attributes, to make the index as big as wanted */
  padding: number;
  /** objects of no use before those that matter, so that references need more bytes than one */
  fillers: number;
}

/** The `file` column of the index: a keyed archive of one object of class MBFile. */
export function fileRecord(facts: RecordFacts, style: RecordStyle): Buffer {
  const objects: Plist[] = ['$null'];
  const add = (object: Plist): Uid => new Uid(objects.push(object) - 1);
  const classOf = (...names: [string, ...string[]]): Uid =>
    add({ $classname: names[0], $classes: names });
  const root: Record<string, Plist> = {};
  const rootId = add(root);
  for (let filler = 0; filler < style.fillers; filler += 1) add(`filler ${filler}`);

  const time = (): Plist => {
    if (style.dates === 'seconds') return facts.lastModified;
    if (style.dates === 'dates') return new Date(facts.lastModified * 1000);
    const value = new Real(facts.lastModified - appleEpoch);
    return add({ 'NS.time': value, $class: classOf('NSDate', 'NSObject') });
  };
  let dataClass: Uid | undefined;
  const data = (bytes: Uint8Array): Uid => {
    dataClass ??= classOf('NSMutableData', 'NSData', 'NSObject');
    return add({ 'NS.data': bytes, $class: dataClass });
  };

  const lastModified = time();
  const { target, encryptionKey, digest } = facts;
  Object.assign(root, {
    LastModified: lastModified,
    Flags: 0,
    GroupID: 501,
    LastStatusChange: lastModified,
    RelativePath: add(facts.relativePath),
    Birth: lastModified,
    Size: facts.size,
    InodeNumber: facts.inode,
    Mode: facts.mode,
    UserID: 501,
    ProtectionClass: facts.protectionClass,
    ...(target === undefined ? {} : { Target: add(target) }),
    ...(encryptionKey ? { EncryptionKey: data(encryptionKey) } : {}),
    ...(digest
      ? { Digest: digest.archivedAs === 'data' ? add(digest.bytes) : data(digest.bytes) }
      : {}),
    ...(style.padding > 0 ? { ExtendedAttributes: data(Buffer.alloc(style.padding, 0x20)) } : {}),
    $class: classOf('MBFile', 'NSObject'),
  } satisfies Record<string, Plist>);

  return binaryPlist({
    $version: 100_000,
    $archiver: 'NSKeyedArchiver',
    $top: { root: rootId },
    $objects: objects,
  });
}
