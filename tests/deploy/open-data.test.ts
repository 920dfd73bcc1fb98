/** Whether what lies under /api/v1/ of the built site keeps its promises, judged by a validator not ours. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { filesOf } from '../../scripts/deploy/filesOf.ts';
import { facts } from '../../src/data/facts.ts';

interface PublishedFile {
  $schema: string;
  asOf: string;
  license: string;
  attribution: string;
  device?: { id: string; page: string; data: string };
  release?: { id: string; page: string; data: string };
}

const site = 'https://backup-first.example/';
const read = (file: string): unknown => JSON.parse(readFileSync(join('dist', file), 'utf8'));
const files = filesOf('dist').filter((file) => /^api\/.*\.json$/.test(file));
const schemaFiles = files.filter((file) => file.startsWith('api/v1/schema/'));
const dataFiles = files.filter((file) => !schemaFiles.includes(file));
const inFolder = (folder: string): string[] =>
  dataFiles
    .filter((file) => file.startsWith(`api/v1/${folder}/`))
    .map((file) => file.slice(`api/v1/${folder}/`.length, -'.json'.length))
    .sort();
const pagesIn = (folder: string): string[] =>
  filesOf('dist')
    .map((file) => new RegExp(`^${folder}/([^/]+)/index\\.html$`).exec(file)?.[1])
    .filter((id) => id !== undefined)
    .sort();
const idsOf = (records: readonly { id: string }[]): string[] => records.map(({ id }) => id).sort();

const ajv = new Ajv2020({ allErrors: true });
addFormats(ajv);
for (const file of schemaFiles) ajv.addSchema(read(file) as AnySchemaObject);

describe('every JSON file', () => {
  it('validates against the schema that it names, which lies at the address it names', () => {
    expect(dataFiles).toHaveLength(facts.devices.length + facts.releases.length + 2);
    for (const file of dataFiles) {
      const content = read(file) as PublishedFile;
      const validate = ajv.getSchema(content.$schema);
      expect(validate, `${file} names ${content.$schema}`).toBeDefined();
      expect(validate?.(content), `${file}: ${JSON.stringify(validate?.errors)}`).toBe(true);
      expect(existsSync(join('dist', content.$schema.slice(site.length)))).toBe(true);
    }
  });

  it('names the day, the license and AppleDB', () => {
    for (const file of dataFiles) {
      const { asOf, license, attribution } = read(file) as PublishedFile;
      expect([file, asOf, license]).toEqual([file, facts.about.asOf, 'MIT']);
      expect(attribution, file).toContain('github.com/littlebyteorg/appledb; MIT');
    }
  });

  it('leads to a page and to itself', () => {
    for (const file of dataFiles) {
      const { device, release } = read(file) as PublishedFile;
      const record = device ?? release;
      if (!record) continue;
      expect(record.data).toBe(`${site}${file}`);
      const page = join('dist', record.page.slice(site.length), 'index.html');
      expect(existsSync(page), record.page).toBe(true);
    }
  });
});

describe('the schemas', () => {
  it('are sound by the rules of draft 2020-12', () => {
    expect(schemaFiles).toHaveLength(4);
    for (const file of schemaFiles) {
      expect(ajv.validateSchema(read(file) as AnySchemaObject), file).toBe(true);
    }
  });
});

describe('every device and release of the facts', () => {
  it('has a page and a file, and there is none besides', () => {
    expect(inFolder('devices')).toEqual(idsOf(facts.devices));
    expect(inFolder('releases')).toEqual(idsOf(facts.releases));
    expect(pagesIn('devices')).toEqual(idsOf(facts.devices));
    expect(pagesIn('releases')).toEqual(idsOf(facts.releases));
  });

  it('is on the site map', () => {
    const map = readFileSync('dist/sitemap-0.xml', 'utf8');
    for (const { id } of facts.devices) expect(map).toContain(`<loc>${site}devices/${id}/</loc>`);
    for (const { id } of facts.releases) expect(map).toContain(`<loc>${site}releases/${id}/</loc>`);
  });

  it('is not among what is kept for later without being asked for', () => {
    const worker = readFileSync('dist/sw.js', 'utf8');
    expect(worker).toContain('check/');
    expect(worker).not.toMatch(/["'](?:devices|api)\//);
  });
});
