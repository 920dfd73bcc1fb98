/**
 * AppleDB's published records, checked, and those left aside that no reader of ours needs. The shapes are
 * those of `schemas/deviceFiles.json` and `schemas/osFiles.json` in its repository, as `deploy.js` there
 * publishes them: `identifier`, `model` and `board` always lists, `preinstalled` a list of devices.
 */
import { z } from 'zod';

/** What is taken from one record of `device/main.json`. */
const deviceSchema = z.object({
  name: z.string().min(1),
  identifier: z.array(z.string()),
  soc: z.union([z.string(), z.array(z.string()).min(1)]),
  model: z.array(z.string()),
  board: z.array(z.string()).optional(),
  released: z.union([z.string(), z.array(z.string())]).optional(),
  discontinued: z.union([z.string(), z.array(z.string())]).optional(),
});

/** What is taken from one record of `ios/iOS/main.json`, or of a build's own file. */
const buildSchema = z.object({
  osStr: z.string(),
  version: z.string(),
  build: z.string(),
  /** The name of the build's own file: "iOS;20H392". */
  key: z.string().optional(),
  released: z.string(),
  deviceMap: z.array(z.string()),
  preinstalled: z.union([z.boolean(), z.array(z.string())]).optional(),
  /** true: for all of deviceMap; a list: for those alone; missing: not recorded. */
  signed: z.union([z.boolean(), z.array(z.string())]).optional(),
  sources: z
    .array(
      z.object({
        type: z.string(),
        deviceMap: z.array(z.string()),
        /** Only in a download that is a difference to other builds. */
        prerequisiteBuild: z.union([z.string(), z.array(z.string())]).optional(),
        size: z.number().int().positive().optional(),
      }),
    )
    .optional(),
});

export type PublishedDevice = z.infer<typeof deviceSchema>;
export type PublishedBuild = z.infer<typeof buildSchema>;

/** "iPhone8,1"; AppleDB once told chips apart as "iPhone8,1-S8000". */
const identifierPattern = /^((?:iPhone|iPad|iPod)\d{1,2},\d{1,2})(?:-\w+)?$/;

/** Simulators, prototypes and seeds are not for the public. */
const notPublic = ['beta', 'rc', 'internal', 'rsr', 'sdk'];

/** The names iOS has had in AppleDB since version 3. */
const systems = ['iOS', 'iPadOS', 'iPhone OS', 'iPhoneOS'];

/** @returns undefined for what is not an iPhone, iPad or iPod touch */
export function identifierOf(key: string): string | undefined {
  return identifierPattern.exec(key)?.[1];
}

/**
 * The iPhones, iPads and iPods touch of `device/main.json`.
 * @throws Error naming the file, the record and the field that is damaged
 */
export function publishedDevices(value: unknown, file: string): PublishedDevice[] {
  return recordsOf(value, file)
    .filter(
      (record) =>
        record.internal !== true &&
        listOf(record.identifier).some((key) => typeof key === 'string' && identifierOf(key)),
    )
    .map((record) => checked(deviceSchema, record, file, nameOf(record.key ?? record.identifier)));
}

/**
 * The builds of `ios/iOS/main.json` that Apple gave to the public, of iPhone OS 3 and later.
 * @throws Error naming the file, the record and the field that is damaged
 */
export function publishedBuilds(value: unknown, file: string): PublishedBuild[] {
  return recordsOf(value, file)
    .filter(isPublicBuild)
    .map((record) => publishedBuild(record, file));
}

/** One build, from its own file. @throws Error as `publishedBuilds` does */
export function publishedBuild(value: unknown, file: string): PublishedBuild {
  return checked(buildSchema, value, file, nameOf((value as { key?: unknown } | null)?.key));
}

function isPublicBuild(record: Record<string, unknown>): boolean {
  if (typeof record.osStr === 'string' && !systems.includes(record.osStr)) return false;
  if (notPublic.some((mark) => record[mark] === true)) return false;
  // "6.0 GM", "17.0 Simulator", "16.4.1 (a)"; iPhone Software 1 and 2 are before our facts begin.
  if (typeof record.version === 'string' && !isPlainVersion(record.version)) return false;
  // Some old builds have no number, or a month or a year for a day; the public got none of them.
  return record.build !== undefined && !isPartOfDate(record.released);
}

function isPlainVersion(version: string): boolean {
  return /^\d{1,2}\.\d{1,2}(\.\d{1,2})?$/.test(version) && Number.parseInt(version, 10) >= 3;
}

function isPartOfDate(released: unknown): boolean {
  return typeof released === 'string' && /^(\d{4}(-\d{2})?)?$/.test(released);
}

/**
 * The days in a field that holds one or several; parts of dates are left aside.
 * @throws Error naming what is not a date
 */
export function daysIn(value: string | string[] | undefined, record: string): string[] {
  return listOf(value ?? [])
    .filter((day) => !isPartOfDate(day))
    .map((day) => {
      const date = String(day).slice(0, 10);
      if (!z.iso.date().safeParse(date).success) {
        throw new Error(`The record ${record} has ${JSON.stringify(day)} where a date should be.`);
      }
      return date;
    });
}

function recordsOf(value: unknown, file: string): Record<string, unknown>[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new Error(`${file} is not a list of records. Has AppleDB changed what it publishes?`);
  }
  const damaged = value.findIndex(
    (record) => typeof record !== 'object' || record === null || Array.isArray(record),
  );
  if (damaged !== -1) {
    throw new Error(`${file} is damaged: entry ${damaged + 1} of ${value.length} is not a record.`);
  }
  return value as Record<string, unknown>[];
}

function checked<Schema extends z.ZodType>(
  schema: Schema,
  record: unknown,
  file: string,
  name: string,
): z.infer<Schema> {
  const result = schema.safeParse(record);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0] as z.core.$ZodIssue;
  throw new Error(
    `${file} is damaged: in the record ${name}, "${path.join('.') || 'the whole'}" is wrong (${message}).`,
  );
}

function nameOf(key: unknown): string {
  return key === undefined ? 'without a name' : JSON.stringify(key);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}
