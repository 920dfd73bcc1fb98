import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asData,
  asDictionary,
  asText,
  PlistDate,
  PlistError,
  PlistUid,
  readPlist,
  type PlistValue,
} from '../../../../src/core/backup/plist.ts';
import { assemble, bigEndian, inXml, writeBinary, writeXml } from './writePlist.ts';

const widths = { offset: 1, reference: 1 };

describe('property lists that another program wrote (Python, see fixtures/make.py)', () => {
  const expected = new Map<string, PlistValue>([
    ['Device Name', 'Zoë’s iPhone \u{1f600}'],
    ['Escaped', '<a> & "b" \'c\'\n\tnext'],
    ['Empty', ''],
    ['Last Backup Date', new PlistDate(Date.UTC(2020, 8, 16, 17, 0, 1) / 1000)],
    ['IsEncrypted', true],
    ['WasPasscodeSet', false],
    [
      'Whole',
      [0, 1, 255, 256, 65535, 65536, 2 ** 32, -1, 2 ** 53 - 1, -(2 ** 63), Number(2n ** 64n - 1n)],
    ],
    ['Real', [0.5, -1e300]],
    ['Data', Uint8Array.from({ length: 40 }, (_, index) => index)],
    ['Nested', new Map([['List', [[], new Map(), [['deep']]]]])],
    ['Long', '01234567890123456789'],
  ]);

  it.each(['xml', 'binary'])('reads settings.%s.plist', (encoding) => {
    const file = readFileSync(join(import.meta.dirname, `fixtures/settings.${encoding}.plist`));
    expect(readPlist(file)).toEqual(expected);
  });
});

describe('whatever a property list holds', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ minLength: 20 }));
  const scalar = fc.oneof(
    text,
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.integer({ min: -300, max: 70_000 }),
    fc.double(),
    fc.uint8Array({ maxLength: 300 }),
    fc.integer({ min: -(2 ** 35), max: 2 ** 37 }).map((seconds) => new PlistDate(seconds)),
    fc.nat().map((index) => new PlistUid(index)),
  );
  const { value } = fc.letrec<{ value: PlistValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      scalar,
      fc.array(tie('value'), { maxLength: 20 }),
      fc.array(fc.tuple(text, tie('value')), { maxLength: 20 }).map((entries) => new Map(entries)),
    ),
  }));

  it('is read back from the binary encoding, whatever its widths', () => {
    fc.assert(
      fc.property(
        value,
        fc.integer({ min: 4, max: 8 }),
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 1, max: 16 }),
        (written, offset, reference, uid) => {
          expect(readPlist(writeBinary(written, { offset, reference, uid }))).toEqual(written);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is read back from XML', () => {
    fc.assert(
      fc.property(value, (written) => {
        expect(readPlist(writeXml(written))).toEqual(written);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps half of a pair of UTF-16 that stands alone', () => {
    expect(readPlist(writeBinary('cut \ud83d'))).toBe('cut \ud83d');
  });

  it('keeps texts longer than a piece', () => {
    for (const long of ['a'.repeat(10_000), 'é'.repeat(4097)]) {
      expect(readPlist(writeBinary(long, { offset: 4, reference: 1, uid: 1 }))).toBe(long);
    }
  });
});

describe('numbers in binary', () => {
  it('rounds 64 and 128 bits to the nearest double, as a whole', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (whole) => {
        expect(readPlist(assemble([[0x13, ...bigEndian(whole, 8)]], widths))).toBe(Number(whole));
      }),
    );
    const any = fc.bigInt({ min: -(2n ** 127n), max: 2n ** 127n - 1n });
    fc.assert(
      fc.property(fc.oneof(any, fc.constant(-256n), fc.constant(-(2n ** 127n))), (whole) => {
        expect(readPlist(assemble([[0x14, ...bigEndian(whole, 16)]], widths))).toBe(Number(whole));
      }),
    );
  });

  it('takes 1, 2 and 4 bytes for numbers without sign', () => {
    expect(readPlist(assemble([[0x10, 0xff]], widths))).toBe(255);
    expect(readPlist(assemble([[0x11, 0xff, 0xff]], widths))).toBe(65535);
    expect(readPlist(assemble([[0x12, 0xff, 0xff, 0xff, 0xff]], widths))).toBe(4294967295);
  });

  it('reads a real of four bytes', () => {
    expect(readPlist(assemble([[0x22, 0x3f, 0xa0, 0, 0]], widths))).toBe(1.25);
  });
});

describe('references in binary', () => {
  it('makes a value once that is referred to twice', () => {
    const list = readPlist(assemble([[0xa2, 1, 1], [0xa1, 2], [0x09]], widths)) as PlistValue[];
    expect(list).toEqual([[true], [true]]);
    expect(list[0]).toBe(list[1]);
  });

  it('reads a set as a list', () => {
    expect(readPlist(assemble([[0xc2, 1, 2], [0x08], [0x09]], widths))).toEqual([false, true]);
  });

  it('finds a root that is not the first object', () => {
    expect(readPlist(assemble([[0x08], [0x51, 0x41]], widths, 1))).toBe('A');
  });

  it('wants the names of entries to be texts', () => {
    expect(() =>
      readPlist(
        assemble(
          [
            [0xd1, 1, 1],
            [0x10, 7],
          ],
          widths,
        ),
      ),
    ).toThrow(PlistError);
  });
});

describe('XML as others write it', () => {
  const read = (element: string): PlistValue => readPlist(new TextEncoder().encode(inXml(element)));

  it.each<[string, PlistValue]>([
    ['<string>a<!-- no -->b<![CDATA[<&amp;>]]>c</string>', 'ab<&amp;>c'],
    ['<string>&lt;&gt;&amp;&apos;&quot;&#65;&#x1F600;</string>', '<>&\'"A\u{1f600}'],
    ['<string> kept \r\n space </string>', ' kept \r\n space '],
    ['<string/>', ''],
    ['<array>\r\n<true/>\r\n<data>\r\nAA==\r\n</data\r\n></array>', [true, Uint8Array.of(0)]],
    ['<!-- before --><array><?php no?><true></true> <false /></array>', [true, false]],
    ['<dict/>', new Map()],
    ['<dict><key/><string/></dict>', new Map([['', '']])],
    ['<integer>\n 0x1F </integer>', 31],
    ['<integer>-0X10</integer>', -16],
    ['<integer>+7</integer>', 7],
    ['<integer>18446744073709551615</integer>', 2 ** 64],
    ['<integer>-9223372036854775808</integer>', -(2 ** 63)],
    ['<real>1</real>', 1],
    ['<real>-1.5E-3</real>', -0.0015],
    ['<real>nan</real>', NaN],
    ['<real>-infinity</real>', -Infinity],
    ['<real>+inf</real>', Infinity],
    ['<data/>', new Uint8Array(0)],
    ['<data>\n\tAAEC\n\t/w==\n</data>', Uint8Array.of(0, 1, 2, 255)],
    ['<data>A A E =</data>', Uint8Array.of(0, 1)],
    ['<date>2001-01-01T00:00:00Z</date>', new PlistDate(978307200)],
    ['<date>2000-02-29T23:59:59Z</date>', new PlistDate(951868799)],
    ['<date>0001-01-01T00:00:00Z</date>', new PlistDate(-62135596800)],
    ['<dict><key>CF$UID</key><integer>300</integer></dict>', new PlistUid(300)],
    ['<dict><key>CF$UID</key><string>no</string></dict>', new Map([['CF$UID', 'no']])],
  ])('reads %s', (element, expected) => {
    expect(read(element)).toEqual(expected);
  });

  it('reads any date as JavaScript does', () => {
    const range = { min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(range), (date) => {
        const written = `${date.toISOString().slice(0, 19)}Z`;
        expect(read(`<date>${written}</date>`)).toEqual(new PlistDate(Date.parse(written) / 1000));
      }),
    );
  });

  it.each(['le', 'be'])('reads UTF-16 %s with its mark', (order) => {
    const bytes = Buffer.from(`\ufeff${inXml('<string>Zoë</string>')}`, 'utf16le');
    expect(readPlist(order === 'le' ? bytes : bytes.swap16())).toBe('Zoë');
  });

  it('reads UTF-8 with its mark, and without first lines', () => {
    const bytes = new TextEncoder().encode('\ufeff <plist><string>Zoë</string></plist>');
    expect(readPlist(bytes)).toBe('Zoë');
  });

  it.each([
    ['<integer>1.5</integer>', 'It is damaged: a whole number is not one.'],
    ['<integer>20000000000000000000</integer>', undefined],
    ['<integer/>', 'It is damaged: a whole number is not one.'],
    ['<real>1e</real>', 'It is damaged: a number is not one.'],
    ['<real/>', undefined],
    ['<date>2021-02-29T00:00:00Z</date>', 'It is damaged: a date is not one.'],
    ['<date>2021-13-01T00:00:00Z</date>', undefined],
    ['<date>2021-01-01T24:00:00Z</date>', undefined],
    ['<date>yesterday</date>', undefined],
    ['<data>AAE</data>', undefined],
    ['<data>A===</data>', undefined],
    ['<data>AA=A</data>', undefined],
    ['<data>A*==</data>', undefined],
    ['<true>yes</true>', undefined],
    ['<string>a & b</string>', 'It is damaged: an "&" is not followed by a name.'],
    ['<string>&nbsp;</string>', 'It uses the name "&nbsp;", which no property list has.'],
    ['<string>&toString;</string>', undefined],
    ['<string>&#xD800;</string>', 'It uses the character "&#xD800;", which there is not.'],
    ['<string>&#0;</string>', undefined],
    ['<string>&#x110000;</string>', undefined],
    ['<string><b>bold</b></string>', 'It is damaged: <string> is not closed.'],
    ['<dict><string>a</string></dict>', 'It is damaged: an entry of a list has no name.'],
    ['<dict><key>a</key></dict>', 'It is damaged: an entry of a list has no value.'],
    ['<dict><key>a</key><key>b</key></dict>', 'It holds <key>, which no property list does.'],
    ['<array><table/></array>', 'It holds <table>, which no property list does.'],
    ['<array>loose text</array>', undefined],
    ['<array></dict>', 'It is damaged: <array> is not closed.'],
    ['<true/><false/>', 'It is damaged: <plist> is not closed.'],
    ['', 'It holds nothing.'],
  ])('refuses %s', (element, message) => {
    const attempt = (): unknown => read(element);
    expect(attempt).toThrow(PlistError);
    if (message !== undefined) expect(attempt).toThrow(message);
  });

  it('says so when there is something after the end', () => {
    const bytes = new TextEncoder().encode(`${inXml('<true/>')}<plist><true/></plist>`);
    expect(() => readPlist(bytes)).toThrow('It goes on after its end.');
  });

  it.each([
    ['<html><body>Not found</body></html>', 'It is not a property list but <html>.'],
    ['hello', 'It is not a property list: neither a binary one nor XML.'],
    ['<?xml version="1.0" encoding="ISO-8859-1"?><plist><true/></plist>', 'ISO-8859-1'],
    ['', 'It is empty.'],
  ])('refuses "%s"', (text, message) => {
    expect(() => readPlist(new TextEncoder().encode(text))).toThrow(message);
  });

  it('refuses bytes that are no text', () => {
    expect(() => readPlist(Uint8Array.of(0x3c, 0xff, 0xfe))).toThrow('neither a binary one');
  });
});

describe('a property list that was cut short', () => {
  it('says where XML ends', () => {
    const whole = inXml('<dict><key>Device Name</key><string>Zoë</string></dict>');
    const upTo = (mark: string): Uint8Array =>
      new TextEncoder().encode(whole.slice(0, whole.indexOf(mark) + mark.length));
    expect(() => readPlist(upTo('<string>Zo'))).toThrow('It ends in the middle of <string>.');
    expect(() => readPlist(upTo('</stri'))).toThrow(PlistError);
    expect(() => readPlist(upTo('</key>'))).toThrow('It ends in the middle of a list.');
    expect(() => readPlist(upTo('</dict>'))).toThrow('It ends in the middle of <plist>.');
    expect(() => readPlist(upTo('<!DOCTYPE pl'))).toThrow('It ends in the middle of its first');
    expect(() => readPlist(upTo('<?xml ver'))).toThrow('It ends in the middle of its first line.');
  });

  it.each(['xml', 'binary'])('refuses every beginning of settings.%s.plist', (encoding) => {
    const file = readFileSync(join(import.meta.dirname, `fixtures/settings.${encoding}.plist`));
    const whole = file.length - (encoding === 'xml' ? 1 : 0);
    for (let length = 0; length < whole; length += 1) {
      expect(() => readPlist(file.subarray(0, length))).toThrow(PlistError);
    }
  });
});

describe('the getters', () => {
  it('give a value of their kind, or nothing', () => {
    const dictionary = new Map<string, PlistValue>([['a', 1]]);
    const data = Uint8Array.of(1);
    expect([asDictionary(dictionary), asDictionary([]), asDictionary(undefined)]).toEqual([
      dictionary,
      undefined,
      undefined,
    ]);
    expect([asText('a'), asText(1)]).toEqual(['a', undefined]);
    expect([asData(data), asData('a')]).toEqual([data, undefined]);
  });

  it('never give a Buffer of Node, whose parts and copies behave otherwise', () => {
    const data = asData(readPlist(Buffer.from(writeBinary(Uint8Array.of(1, 2)))));
    expect(Buffer.isBuffer(data)).toBe(false);
    expect(data).toEqual(Uint8Array.of(1, 2));
  });
});
