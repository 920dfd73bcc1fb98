/** The recorded facts and their input, to update apart from the project's own. */
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readUpstream } from '../../scripts/facts/appledb.ts';
import { readAuthored } from '../../scripts/facts/authored.ts';
import { makeFacts, textsOf, writeTexts } from '../../scripts/facts/factFiles.ts';
import { NotPublished } from '../../scripts/facts/published.ts';
import { updateFacts, type Update } from '../../scripts/facts/update.ts';
import { published, recordedFacts, type PublishedFiles } from './publish.ts';

export interface CopyOfFacts {
  folders: Update['folders'];
  /** Every file by its path. */
  contents: () => Record<string, string>;
  update: (files: PublishedFiles, options?: Partial<Update>) => Promise<string[]>;
  remove: () => void;
}

/** Later than the facts, whenever the tests run. */
export const dayOfUpdate = '2098-01-01';

const data = await factsMadeIn(recordedFacts);

/** What the import makes of the input of a folder: every file of src/data by its path. */
export function factsMadeIn(folder: string): Promise<Map<string, string>> {
  const { authored, about } = readAuthored(folder);
  return textsOf(makeFacts(readUpstream(join(folder, 'input')), authored, about));
}

export function copyOfFacts(): CopyOfFacts {
  const root = mkdtempSync(join(tmpdir(), 'facts-'));
  const folders = { facts: join(root, 'facts'), data: join(root, 'data') };
  cpSync(recordedFacts, folders.facts, { recursive: true });
  writeTexts(folders.data, data);
  return {
    folders,
    contents: () => contentsOf(root),
    update: (files, options = {}) =>
      updateFacts({ read: readFrom(files), accepted: [], day: dayOfUpdate, folders, ...options }),
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function readFrom(files: PublishedFiles): Update['read'] {
  const texts = published(files);
  return (file) => {
    const text = texts.get(file);
    return text === undefined
      ? Promise.reject(new NotPublished(file))
      : Promise.resolve(JSON.parse(text) as unknown);
  };
}

function contentsOf(root: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file, readFileSync(file, 'utf8')]),
  );
}
