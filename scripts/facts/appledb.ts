/**
 * The upstream input, checked before anything is made of it. The format is described in
 * `scripts/facts/README.md`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const dateSchema = z.iso.date();

const upstreamDeviceSchema = z.object({
  identifier: z.string(),
  name: z.string(),
  family: z.enum(['iPhone', 'iPad', 'iPod touch']),
  soc: z.string(),
  released: z.union([dateSchema, z.array(dateSchema).min(1)]),
  discontinued: z.string().optional(),
  models: z.array(z.string()).min(1),
  boards: z.array(z.string()).optional(),
  /** Nobody described it yet, or no build lists it: looking it up says that it is newer than the facts. */
  byNameAlone: z.boolean().optional(),
});

const upstreamBuildSchema = z.object({
  os: z.enum(['iOS', 'iPadOS']),
  version: z.string(),
  build: z.string(),
  released: dateSchema,
  deviceMap: z.array(z.string()),
  /** true: for all of deviceMap; a list: for those alone; null: not recorded as signed. */
  signed: z.union([z.boolean(), z.array(z.string()), z.null()]),
});

const upstreamDownloadSchema = z.object({
  identifier: z.string(),
  version: z.string(),
  build: z.string(),
  kind: z.enum(['ipsw', 'ota']),
  bytes: z.number().int().positive(),
});

const devicesFileSchema = z.array(upstreamDeviceSchema).min(1);
const releasesFileSchema = z.object({
  asOf: dateSchema,
  builds: z.array(upstreamBuildSchema).min(1),
  sizes: z.array(upstreamDownloadSchema),
});
const daysFileSchema = z.record(z.string(), dateSchema);

export type UpstreamDevice = z.infer<typeof upstreamDeviceSchema>;
export type UpstreamBuild = z.infer<typeof upstreamBuildSchema>;
export type UpstreamDownload = z.infer<typeof upstreamDownloadSchema>;
export interface Upstream extends z.infer<typeof releasesFileSchema> {
  devices: UpstreamDevice[];
  /** By a record's id, the day that last changed it; `asOf` for all others. */
  days: Record<string, string>;
}

/**
 * Reads `devices.json`, `releases.json` and, where there is one, `days.json` of a folder.
 * @throws Error with a sentence when a file is missing, not JSON, or not of the documented format
 */
export function readUpstream(folder: string): Upstream {
  return {
    ...readFile(`${folder}/releases.json`, releasesFileSchema),
    devices: readFile(`${folder}/devices.json`, devicesFileSchema),
    days: existsSync(`${folder}/days.json`) ? readFile(`${folder}/days.json`, daysFileSchema) : {},
  };
}

function readFile<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(
      `${file} cannot be read as JSON (${error instanceof Error ? error.message : String(error)}). Nothing was written.`,
    );
  }
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new Error(
      `${file} is not in the format of scripts/facts/README.md. Nothing was written.\n${z.prettifyError(result.error)}`,
    );
  }
  return result.data;
}
