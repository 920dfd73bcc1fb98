/**
 * Writes property lists for tests, from the description of the two encodings and not from our
 * reader: objects depth first, nothing shared, whole numbers as wide as they need.
 */
import { PlistDate, PlistUid, type PlistValue } from '../../../../src/core/backup/plist.ts';

export interface Widths {
  offset: number;
  reference: number;
  /** Of a UID; what does not fit is written as wide as it needs. */
  uid: number;
}

export function writeBinary(
  value: PlistValue,
  widths: Widths = { offset: 4, reference: 2, uid: 1 },
): Uint8Array {
  const objects: number[][] = [];
  add(value);
  return assemble(objects, widths);

  function add(each: PlistValue): number {
    const index = objects.length;
    objects.push([]);
    objects[index] = objectOf(each);
    return index;
  }

  function objectOf(each: PlistValue): number[] {
    if (each === false) return [0x08];
    if (each === true) return [0x09];
    if (typeof each === 'number') return numberObject(each);
    if (typeof each === 'string') return textObject(each);
    if (each instanceof PlistDate) return [0x33, ...float64(each.seconds - 978307200)];
    if (each instanceof PlistUid) return uidObject(each.index, widths.uid);
    if (each instanceof Uint8Array) return [...counted(0x40, each.length), ...each];
    if (Array.isArray(each)) {
      return [...counted(0xa0, each.length), ...each.flatMap((child) => referenceTo(add(child)))];
    }
    const names = [...each.keys()].flatMap((name) => referenceTo(add(name)));
    const values = [...each.values()].flatMap((child) => referenceTo(add(child)));
    return [...counted(0xd0, each.size), ...names, ...values];
  }

  function referenceTo(index: number): number[] {
    return bigEndian(BigInt(index), widths.reference);
  }
}

/** Puts finished objects, the table of their offsets and the trailer together. */
export function assemble(
  objects: readonly (readonly number[])[],
  widths: { offset: number; reference: number },
  root = 0,
): Uint8Array {
  const header = ascii('bplist00');
  const offsets: number[] = [];
  let end = header.length;
  for (const object of objects) {
    offsets.push(end);
    end += object.length;
  }
  return Uint8Array.from([
    ...header,
    ...objects.flat(),
    ...offsets.flatMap((offset) => bigEndian(BigInt(offset), widths.offset)),
    ...[0, 0, 0, 0, 0, 0, widths.offset, widths.reference],
    ...[objects.length, root, end].flatMap((each) => bigEndian(BigInt(each), 8)),
  ]);
}

export function ascii(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

export function bigEndian(value: bigint, width: number): number[] {
  const bytes: number[] = [];
  for (let left = BigInt.asUintN(8 * width, value); bytes.length < width; left >>= 8n) {
    bytes.unshift(Number(left & 0xffn));
  }
  return bytes;
}

function numberObject(value: number): number[] {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return [0x23, ...float64(value)];
  if (value < 0) return [0x13, ...bigEndian(BigInt(value), 8)];
  const power = value < 0x100 ? 0 : value < 0x10000 ? 1 : value < 0x100000000 ? 2 : 3;
  return [0x10 | power, ...bigEndian(BigInt(value), 1 << power)];
}

function textObject(text: string): number[] {
  const codes = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  return codes.every((code) => code < 0x80)
    ? [...counted(0x50, codes.length), ...codes]
    : [...counted(0x60, codes.length), ...codes.flatMap((code) => [code >> 8, code & 0xff])];
}

function uidObject(index: number, width: number): number[] {
  const needed = Math.max(1, Math.ceil(index.toString(16).length / 2), width);
  return [0x80 | (needed - 1), ...bigEndian(BigInt(index), needed)];
}

export function counted(kind: number, count: number): number[] {
  return count < 15 ? [kind | count] : [kind | 15, ...numberObject(count)];
}

function float64(value: number): number[] {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return [...bytes];
}

export function writeXml(value: PlistValue): Uint8Array {
  return new TextEncoder().encode(inXml(elementOf(value)));
}

export function inXml(element: string): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    `<plist version="1.0">`,
    element,
    '</plist>\n',
  ].join('\n');
}

function elementOf(value: PlistValue): string {
  if (typeof value === 'boolean') return `<${value ? 'true' : 'false'}/>`;
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && !Object.is(value, -0)
      ? `<integer>${value}</integer>`
      : `<real>${Object.is(value, -0) ? '-0.0' : value}</real>`;
  }
  if (typeof value === 'string') return `<string>${escaped(value)}</string>`;
  if (value instanceof PlistDate) {
    return `<date>${new Date(value.seconds * 1000).toISOString().replace('.000', '')}</date>`;
  }
  if (value instanceof PlistUid) {
    return `<dict><key>CF$UID</key><integer>${value.index}</integer></dict>`;
  }
  if (value instanceof Uint8Array) {
    const lines = Buffer.from(value)
      .toString('base64')
      .replace(/.{1,68}/g, '\n\t$&');
    return `<data>${lines}\n\t</data>`;
  }
  if (Array.isArray(value)) return `<array>\n${value.map(elementOf).join('\n')}\n</array>`;
  const entries = [...value].map(
    ([name, each]) => `\t<key>${escaped(name)}</key>\n\t${elementOf(each)}`,
  );
  return `<dict>\n${entries.join('\n')}\n</dict>`;
}

function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\r/g, '&#13;');
}
