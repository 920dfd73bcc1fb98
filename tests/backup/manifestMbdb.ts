/** Manifest.mbdb, the index before iOS 10: records one after the other, all numbers big-endian. */
import type { RecordFacts } from './fileRecord.ts';

export const mbdbHeader = Buffer.from('mbdb\u0005\0', 'latin1');

export function mbdbRecord(domain: string, facts: RecordFacts): Buffer {
  return Buffer.concat([
    text(domain),
    text(facts.relativePath),
    text(facts.target),
    text(facts.digest?.bytes),
    text(facts.encryptionKey),
    unsigned(facts.mode, 2),
    unsigned(0, 4),
    unsigned(facts.inode, 4),
    unsigned(501, 4),
    unsigned(501, 4),
    unsigned(facts.lastModified, 4),
    unsigned(facts.lastModified, 4),
    unsigned(facts.lastModified, 4),
    unsigned(facts.size, 8),
    unsigned(facts.protectionClass, 1),
    // One property, as files with extended attributes have.
    unsigned(facts.digest ? 1 : 0, 1),
    ...(facts.digest ? [text('com.example.attribute'), text(Buffer.of(1, 2, 3))] : []),
  ]);
}

/** Length and bytes; what is not there has a length of its own. */
function text(value: string | Uint8Array | undefined): Buffer {
  if (value === undefined) return Buffer.of(0xff, 0xff);
  const bytes = Buffer.from(value);
  return Buffer.concat([unsigned(bytes.length, 2), bytes]);
}

function unsigned(value: number, size: 1 | 2 | 4 | 8): Buffer {
  const bytes = Buffer.alloc(size);
  if (size === 8) bytes.writeBigUInt64BE(BigInt(value));
  else bytes.writeUIntBE(value, 0, size);
  return bytes;
}
