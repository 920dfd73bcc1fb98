/** What the files of the open data have in common. */
import { addressOf } from '../../../components/siteAddress.ts';
import { envelopeOf, type Absolute } from '../../../core/published.ts';
import { facts } from '../../../data/facts.ts';
import {
  publishedSchemas,
  type Envelope,
  type Published,
  type SchemaName,
} from '../../../data/published.ts';

/** Addresses on the site that is built. */
export function absoluteOn(site: URL | undefined): Absolute {
  return (to) => new URL(addressOf(to), site).href;
}

/**
 * A JSON file, checked against its shape.
 * @throws Error when it does not fit: the build stops rather than break a promise
 */
export function published<Name extends SchemaName>(
  name: Name,
  content: Omit<Published[Name], keyof Envelope | '$schema'>,
  site: URL | undefined,
): Response {
  const absolute = absoluteOn(site);
  const file = publishedSchemas[name].parse({
    $schema: absolute(`api/v1/schema/${name}.json`),
    ...envelopeOf(facts, absolute),
    ...content,
  });
  return json(file);
}

export function json(value: object): Response {
  return new Response(`${JSON.stringify(value, null, 1)}\n`, {
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
  });
}
