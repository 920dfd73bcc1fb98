/** Property lists made to hang, crash or fill the memory of who reads them carelessly. */
import { encodeReferences, layOut, marker } from './plist.ts';

export type HostileTrick = keyof typeof hostilePlists;

const header = '<?xml version="1.0" encoding="UTF-8"?>\n';
const depth = 100_000;

/** Each makes a file anew. */
export const hostilePlists = {
  /** lists within lists, binary */
  deep: () =>
    layOut({
      objects: [
        ...Array.from({ length: depth }, (_, index) => encodeReferences(false, [index + 1], 4)),
        Buffer.of(0x09),
      ],
      referenceSize: 4,
    }),
  /** the same in XML */
  'deep-xml': () =>
    Buffer.from(
      `${header}<plist version="1.0">${'<array>'.repeat(depth)}${'</array>'.repeat(depth)}</plist>`,
    ),
  /** XML that ends while lists are open */
  'never-closed': () =>
    Buffer.from(`${header}<plist version="1.0"><dict><key>a</key>${'<array>'.repeat(depth)}`),
  /** a list that is its own item */
  cycle: () => layOut({ objects: [encodeReferences(false, [0], 1)], referenceSize: 1 }),
  /** a dictionary whose value leads back to it over others */
  'long-cycle': () =>
    layOut({
      objects: [
        encodeReferences(true, [3, 1], 1),
        encodeReferences(false, [2, 2], 1),
        encodeReferences(false, [0], 1),
        Buffer.concat([marker(0x50, 1), Buffer.from('a')]),
      ],
      referenceSize: 1,
    }),
  /** 64 lists, each holding the next one twice: 2 to the 64th items once unfolded */
  doubling: () =>
    layOut({
      objects: [
        ...Array.from({ length: 64 }, (_, index) =>
          encodeReferences(false, [index + 1, index + 1], 1),
        ),
        Buffer.of(0x09),
      ],
      referenceSize: 1,
    }),
  /** entities that unfold to billions of letters */
  'doubling-xml': () =>
    Buffer.from(
      [
        '<?xml version="1.0"?>',
        '<!DOCTYPE plist [<!ENTITY a0 "haha">',
        ...Array.from({ length: 40 }, (_, n) => `<!ENTITY a${n + 1} "&a${n};&a${n};">`),
        ']><plist version="1.0"><string>&a40;</string></plist>',
      ].join('\n'),
    ),
  /** an entity that names a file of the computer */
  'outside-entity': () =>
    Buffer.from(
      '<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY x SYSTEM "file:///etc/passwd">]>' +
        '<plist version="1.0"><dict><key>Device Name</key><string>&x;</string></dict></plist>',
    ),
  /** a trailer that speaks of more objects than there are bytes in the world */
  'huge-count': () =>
    layOut({ objects: [Buffer.of(0x09)], referenceSize: 1, claimedCount: 2n ** 63n }),
  /** a list that says it has four billion items */
  'huge-list': () => layOut({ objects: [marker(0xa0, 2 ** 32 - 1)], referenceSize: 1 }),
  /** a text and a block of data that say they are longer than the file */
  'huge-text': () => layOut({ objects: [marker(0x60, 2 ** 31)], referenceSize: 1 }),
  'huge-data': () => layOut({ objects: [marker(0x40, 2n ** 62n)], referenceSize: 1 }),
  /** objects said to be behind the end of the file */
  'outside-offset': () => layOut({ objects: [Buffer.of(0x09)], referenceSize: 1, offsets: [0xff] }),
  /** a list whose item has a number no object has */
  'outside-reference': () =>
    layOut({ objects: [encodeReferences(false, [200], 1)], referenceSize: 1 }),
  /** a root that is not there */
  'outside-top': () => layOut({ objects: [Buffer.of(0x09)], referenceSize: 1, top: 7 }),
  /** references of no length */
  'no-reference-size': () =>
    layOut({ objects: [encodeReferences(false, [0], 1)], referenceSize: 0 }),
  /** a dictionary whose key is a list */
  'list-as-key': () =>
    layOut({
      objects: [encodeReferences(true, [1, 1], 1), encodeReferences(false, [], 1)],
      referenceSize: 1,
    }),
  /** well-formed, but an archive whose root is a number and not there */
  'strange-archive': () =>
    Buffer.from(
      `${header}<plist version="1.0"><dict><key>$top</key><dict><key>root</key><integer>1</integer></dict>` +
        '<key>$objects</key><array><string>$null</string></array></dict></plist>',
    ),
} satisfies Record<string, () => Buffer>;

export const hostileTricks = Object.keys(hostilePlists) as HostileTrick[];
