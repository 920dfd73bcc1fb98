import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** What a visitor can ask for: the files of a built site, without their compressed copies. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz)$|^_headers$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
