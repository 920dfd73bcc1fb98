/**
 * The only place a shape of our facts is written. Every type is inferred from it.
 *
 * A sentence in an error names what was expected; the validator adds the file, the record,
 * the field and what was found.
 */
import { z } from 'zod';

/** A calendar day as `YYYY-MM-DD` that exists ("2026-02-30" does not). */
export const dateSchema = z
  .string()
  .refine(isCalendarDate, { error: 'a date that exists, written YYYY-MM-DD' })
  .meta({ format: 'date' });

/** A version of iOS or iPadOS: two or three numbers, such as "15.8.8" or "27.0". */
const versionSchema = z
  .string()
  .regex(/^\d{1,2}\.\d{1,2}(\.\d{1,2})?$/, { error: 'a version such as "15.8.8" or "27.0"' });

/** A major version. Apple went from 18 to 26; 19 to 25 were never used. */
const majorSchema = z
  .number()
  .int()
  .refine((major) => (major >= 3 && major <= 18) || (major >= 26 && major <= 99), {
    error: 'a major version from 3 to 18, or 26 or later',
  })
  .meta({ minimum: 3, maximum: 99 });

export const idSchema = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
  error: 'an id of lower-case letters, digits and single hyphens, such as "iphone-6s"',
});

/** Apple's regulatory model number, printed on the device. */
export const aNumberSchema = z.string().regex(/^A\d{4}$/, {
  error: 'an A-number: the letter A and four digits, such as "A1633"',
});

/** Apple's hardware identifier, stored in every backup as "Product Type". */
export const identifierSchema = z.string().regex(/^(iPhone|iPad|iPod)\d{1,2},\d{1,2}$/, {
  error: 'an identifier such as "iPhone8,1"',
});

export const familySchema = z.enum(['iPhone', 'iPad', 'iPod touch']);
export const connectorSchema = z.enum(['30-pin', 'Lightning', 'USB-C']);

/** The keys that force a restart and reach recovery mode, grouped as Apple changed them. */
export const restartKeysSchema = z.enum([
  'home-and-top', // Home and top button: iPhone 5s and earlier, SE (1st), most iPads and iPods
  'home-and-side', // iPhone 6 and 6s
  'volume-down-and-side', // iPhone 7
  'volume-down-and-top', // iPod touch (7th generation)
  'volume-up-volume-down-side', // iPhone 8 and later
  'ipad-volume-volume-top', // iPad without a Home button
]);

const sourceFields = {
  sources: z.array(idSchema).min(1).describe('Ids of the sources this record rests on.'),
  asOf: dateSchema.describe(
    'The day the upstream data was complete to; what is newer is not in this record.',
  ),
};

export const offeredVersionSchema = z.strictObject({
  version: versionSchema,
  released: dateSchema,
});

/** One hardware identifier of a device, with the A-numbers that carry it. */
export const variantSchema = z.strictObject({
  identifier: identifierSchema,
  label: z
    .string()
    .min(1)
    .describe('What sets this variant apart from the device’s others, such as "Wi-Fi + Cellular".'),
  models: z.array(aNumberSchema).min(1),
  newest: offeredVersionSchema
    .optional()
    .describe('Only where this variant stops at another version than the device’s newest.'),
});

/** A marketing model: what a person would call "my device". */
export const deviceSchema = z
  .strictObject({
    id: idSchema,
    name: z.string().min(4),
    family: familySchema,
    nicknames: z.array(z.string().min(1)).describe('What people write or say instead of the name.'),
    released: dateSchema.describe(
      'First sale. Before 2017 it may be the day of the announcement: show the year alone.',
    ),
    year: z.number().int().min(2007).max(2099),
    chip: z.string().min(2),
    variants: z.array(variantSchema).min(1),
    firstMajor: majorSchema.describe('The release it came with, as far back as the facts reach.'),
    lastMajor: majorSchema.describe('The last release it can run.'),
    newest: offeredVersionSchema
      .extend({
        offered: z.boolean(),
        downloadBytes: z
          .number()
          .int()
          .positive()
          .optional()
          .describe('Size in bytes of the full over-the-air download, where recorded.'),
      })
      .describe('The newest version it gets, and whether Apple offered it on the facts’ date.'),
    alsoOffered: z
      .array(offeredVersionSchema)
      .describe(
        'Versions of older releases that Apple offered beside the newest on the facts’ date.',
      ),
    connector: connectorSchema,
    homeButton: z.boolean(),
    restartKeys: restartKeysSchema,
    screen: z
      .strictObject({
        width: z.number().int().positive(),
        height: z.number().int().positive(),
        ratio: z.number().int().min(1).max(4),
      })
      .optional()
      .describe(
        'Screen in CSS pixels, held upright, and device pixels per CSS pixel, where known.',
      ),
    notes: z
      .array(z.string().min(10))
      .describe('Sentences a reader should see where a fact of this record is doubtful.'),
    ...sourceFields,
  })
  .superRefine((device, context) => {
    if (device.lastMajor < device.firstMajor) {
      context.addIssue({
        code: 'custom',
        path: ['lastMajor'],
        input: device.lastMajor,
        message: `a major version not below firstMajor (${device.firstMajor})`,
      });
    }
    if (majorOf(device.newest.version) !== device.lastMajor) {
      context.addIssue({
        code: 'custom',
        path: ['newest', 'version'],
        input: device.newest.version,
        message: `a version of the device's last major (${device.lastMajor})`,
      });
    }
    if (!device.released.startsWith(String(device.year))) {
      context.addIssue({
        code: 'custom',
        path: ['year'],
        input: device.year,
        message: `the year of "released" (${device.released})`,
      });
    }
  });

/** A major version of iOS or iPadOS. */
export const releaseSchema = z
  .strictObject({
    id: z.string().regex(/^(ios|ipados)-\d{1,2}$/, { error: 'a release id such as "ios-14"' }),
    os: z.enum(['iOS', 'iPadOS']),
    major: majorSchema,
    name: z.string().min(4).describe('As Apple wrote it: "iPhone OS 3", "iOS 14", "iPadOS 14".'),
    first: offeredVersionSchema,
    last: offeredVersionSchema,
    offered: z
      .boolean()
      .describe(
        'Whether Apple offered the last version to at least one device on the facts’ date.',
      ),
    notes: z.array(z.string().min(10)),
    ...sourceFields,
  })
  .superRefine((release, context) => {
    if (release.id !== `${release.os.toLowerCase()}-${release.major}`) {
      context.addIssue({
        code: 'custom',
        path: ['id'],
        input: release.id,
        message: `the id that os and major make ("${release.os.toLowerCase()}-${release.major}")`,
      });
    }
    for (const end of ['first', 'last'] as const) {
      if (majorOf(release[end].version) !== release.major) {
        context.addIssue({
          code: 'custom',
          path: [end, 'version'],
          input: release[end].version,
          message: `a version of major ${release.major}`,
        });
      }
    }
    if (release.last.released < release.first.released) {
      context.addIssue({
        code: 'custom',
        path: ['last', 'released'],
        input: release.last.released,
        message: `a day not before the first version's (${release.first.released})`,
      });
    }
  });

/** A device that was announced, but came after the facts' date: known by name alone. */
const newerDeviceSchema = z.strictObject({
  name: z.string().min(4),
  identifiers: z.array(identifierSchema),
  models: z.array(aNumberSchema),
});

/** What the facts as a whole rest on. */
export const aboutSchema = z.strictObject({
  asOf: dateSchema,
  /** The release the site is about: what a visitor is asked about unless they choose another. */
  headlineMajor: majorSchema,
  sources: z.array(
    z.strictObject({
      id: idSchema,
      title: z.string().min(3),
      address: z.url().optional(),
      read: dateSchema,
      license: z.string().optional(),
    }),
  ),
  newerThanFacts: z.array(newerDeviceSchema),
});

/** Whether a backup method keeps a kind of data. */
export const keepsSchema = z.enum([
  'yes',
  'no',
  'unless-synced', // only while it is not synced with iCloud
  'chosen', // what you choose, as the maker of the program says
  'unconfirmed', // we found no source
]);

/** What each backup method keeps and leaves out. */
export const backupContentsSchema = z.strictObject({
  methods: z.array(z.strictObject({ id: idSchema, name: z.string().min(3) })).min(1),
  kinds: z
    .array(
      z.strictObject({
        name: z.string().min(3),
        /** By method id. */
        keeps: z.record(z.string(), keepsSchema),
        note: z.string().min(3).optional(),
      }),
    )
    .min(1),
  sources: z.array(z.url()).min(1),
});

/** Error messages of updates, restores and backups. */
export const errorCodesSchema = z.strictObject({
  errors: z
    .array(
      z.strictObject({
        codes: z.string().min(1),
        meaning: z.string().min(10),
        firstSteps: z.string().min(10),
        /** Whether we found a source for what it means. */
        confirmed: z.boolean(),
      }),
    )
    .min(1),
  sources: z.array(z.url()).min(1),
});

/** From the least to the most that is likely; the unit is told where a range is used. */
const rangeSchema = z
  .strictObject({ low: z.number().nonnegative(), high: z.number().positive() })
  .refine(({ low, high }) => low <= high, { error: 'a range whose low is not above its high' });

/** A part of a whole: 0.5 is a half. */
const shareSchema = rangeSchema.refine(({ high }) => high <= 1, {
  error: 'shares of a whole, from 0 to 1',
});

/** Megabits a second (1 Mbit = 10^6 bits); nothing ever arrives at 0. */
const speedSchema = rangeSchema.refine(({ low }) => low > 0, { error: 'speeds above 0 Mbit/s' });

/** What an estimate of a backup rests on: plans and speeds with a source, and what we assume. */
export const planningSchema = z.strictObject({
  checked: dateSchema,
  /** iCloud storage by size, smallest first; 1 GB = 10^9 bytes, as Apple counts. */
  plans: z
    .array(
      z.strictObject({
        id: idSchema,
        name: z.string().min(3),
        gigabytes: z.number().int().positive(),
      }),
    )
    .min(1)
    .refine(
      (plans) =>
        plans.every(({ gigabytes }, index) => gigabytes > (plans[index - 1]?.gigabytes ?? 0)),
      { error: 'plans from the smallest to the largest' },
    ),
  /** Kinds of internet connection, in words, and what they carry. */
  lines: z
    .array(
      z.strictObject({
        id: idSchema,
        name: z.string().min(3),
        up: speedSchema,
        down: speedSchema,
      }),
    )
    .min(1),
  /** What a backup to a computer gets through a cable or the house's Wi-Fi. */
  links: z.strictObject({ usb2: speedSchema, 'fast-usb': speedSchema, wifi: speedSchema }),
  /** Ours, without a source; pages show them as that. */
  assumptions: z.strictObject({
    /** How much of a line's speed hours of transfer get. */
    lineShare: shareSchema,
    /** How much of what is used on a device goes into a backup. */
    backedUp: z.strictObject({
      'photos-in-icloud': shareSchema,
      'photos-on-device': shareSchema,
      unknown: shareSchema,
    }),
    /** Gigabytes used on a device, in words. */
    fullness: z.strictObject({
      little: rangeSchema,
      some: rangeSchema,
      much: rangeSchema,
      'very-much': rangeSchema,
    }),
    nightHours: z.number().positive().max(24),
  }),
  sources: z
    .array(
      z.strictObject({
        title: z.string().min(3),
        address: z.url(),
        /** What it was read for. */
        for: z.string().min(10),
        read: dateSchema,
      }),
    )
    .min(1),
});

/** The parts of the way, in order, that guides belong to. */
export const guideGroupSchema = z.enum([
  'before',
  'back-up',
  'prove',
  'update',
  'after',
  'trouble',
]);

/** The front matter of a guide; it is the contents page. */
export const guideSchema = z.strictObject({
  title: z.string().min(10).max(70),
  /** As the reader would ask it. */
  question: z.string().min(10).endsWith('?'),
  /** The answer in a sentence or two; search engines show it. */
  summary: z.string().min(40).max(180),
  order: z.number().int().min(1),
  group: guideGroupSchema,
  for: z.array(z.enum(['iPhone', 'iPad', 'iPod touch', 'Mac', 'Windows', 'Linux'])).min(1),
  /** How long it takes, in words. */
  time: z.string().min(3),
  /** The day somebody last held it against its sources. */
  checked: z.date(),
  sources: z.array(z.strictObject({ title: z.string().min(3), address: z.url() })).min(1),
});

export type BackupContents = z.infer<typeof backupContentsSchema>;
export type ErrorCodes = z.infer<typeof errorCodesSchema>;
/** What the rules of an estimate need of it. */
export type Planning = Omit<z.infer<typeof planningSchema>, 'checked' | 'sources'>;
export type Range = z.infer<typeof rangeSchema>;
export type Keeps = z.infer<typeof keepsSchema>;
export type GuideGroup = z.infer<typeof guideGroupSchema>;
export type Device = z.infer<typeof deviceSchema>;
export type Variant = z.infer<typeof variantSchema>;
export type Release = z.infer<typeof releaseSchema>;
export type About = z.infer<typeof aboutSchema>;
export type Family = z.infer<typeof familySchema>;
export type Connector = z.infer<typeof connectorSchema>;
export type RestartKeys = z.infer<typeof restartKeysSchema>;
export type OfferedVersion = z.infer<typeof offeredVersionSchema>;

/** Everything the rules work on. */
export interface Facts {
  about: About;
  devices: readonly Device[];
  releases: readonly Release[];
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
