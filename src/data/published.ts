/**
 * The shape of the open data under `/api/v1/`: the facts as they are, and what follows from them. The
 * published JSON Schemas are made from it. What is there once stays: fields are added, never renamed
 * or removed (docs/decisions/0011).
 */
import { z } from 'zod';
import {
  aboutSchema,
  dateSchema,
  deviceSchema,
  idSchema,
  offeredVersionSchema,
  releaseSchema,
} from './schema.ts';

/** What each verdict means, to the programmer who reads it. */
export const verdictMeanings = {
  offered: 'runs it, and Apple still installs it',
  superseded: 'runs it, but Apple no longer installs it, as far as is recorded',
  'came-with': 'was sold with it, or with a later version of it; Apple may still install it',
  'too-new': 'was sold with something later',
  'too-old': 'stops before it',
} as const;

type PublishedVerdict = keyof typeof verdictMeanings;

const verdictSchema = z.enum(Object.keys(verdictMeanings) as [PublishedVerdict]).describe(
  Object.entries(verdictMeanings)
    .map(([verdict, meaning]) => `${verdict}: ${meaning}`)
    .join('; '),
);

const offeredOfRelease = offeredVersionSchema
  .optional()
  .describe('The version of this release that Apple installs on this device; absent where none.');

const addressFields = {
  page: z.url().describe('The page that tells people the same.'),
  data: z.url().describe('This record in a file of its own.'),
};

const deviceFields = z.strictObject({
  ...deviceSchema.shape,
  ...addressFields,
  offeredToday: z
    .array(offeredVersionSchema)
    .describe(
      'What Apple installs on it on the day of the facts, newest first; [] where none is recorded.',
    ),
  releases: z
    .array(z.strictObject({ release: idSchema, verdict: verdictSchema, offered: offeredOfRelease }))
    .min(1)
    .describe('Whether it can have each release of its system, newest first.'),
});

const releaseFields = z.strictObject({
  ...releaseSchema.shape,
  ...addressFields,
  devices: z
    .array(z.strictObject({ device: idSchema, verdict: verdictSchema, offered: offeredOfRelease }))
    .min(1)
    .describe('Whether each device can have it, newest device first.'),
});

const envelope = {
  $schema: z.url().describe('The JSON Schema of this file.'),
  version: z.literal(1).describe('Of the shape, not of the facts.'),
  asOf: dateSchema.describe('The day the facts are complete to.'),
  license: z.literal('MIT'),
  attribution: z.string().min(20).describe('What to name when you use the facts.'),
  sources: aboutSchema.shape.sources.describe(
    'What the ids under "sources" of a record stand for.',
  ),
};

/** Every kind of JSON file, by the name of its schema. */
export const publishedSchemas = {
  device: z
    .strictObject({ ...envelope, device: deviceFields })
    .describe('One device: a marketing model, such as the iPhone 6s.'),
  devices: z
    .strictObject({ ...envelope, devices: z.array(deviceFields).min(1) })
    .describe('Every device, newest first.'),
  release: z
    .strictObject({ ...envelope, release: releaseFields })
    .describe('One release: a major version of iOS or iPadOS.'),
  releases: z
    .strictObject({ ...envelope, releases: z.array(releaseFields).min(1) })
    .describe('Every release, newest first, iOS before iPadOS.'),
};

export type SchemaName = keyof typeof publishedSchemas;
export type Published = { [Name in SchemaName]: z.infer<(typeof publishedSchemas)[Name]> };
export type PublishedDevice = z.infer<typeof deviceFields>;
export type PublishedRelease = z.infer<typeof releaseFields>;
export type Envelope = Omit<Published['device'], '$schema' | 'device'>;

/**
 * A JSON Schema (draft 2020-12) of one kind of file. Unlike our own check it allows further fields, so
 * that a program that kept this schema accepts what we add later.
 * @param id the schema's own address
 */
export function jsonSchemaOf(name: SchemaName, id: string): object {
  const { $schema, ...schema } = z.toJSONSchema(publishedSchemas[name], {
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
    },
  });
  return { $schema, $id: id, title: `Backup First, version 1: ${name}`, ...schema };
}
