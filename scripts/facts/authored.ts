/** What we wrote ourselves, beside the upstream input: `authored.json` and `about.json`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Authored } from './assemble.ts';
import type { AuthoredAbout } from './factFiles.ts';

/** @param folder scripts/facts, or a copy of it */
export function readAuthored(folder: string): {
  authored: Record<string, Authored>;
  about: AuthoredAbout;
} {
  return {
    authored: readJson(join(folder, 'authored.json')) as Record<string, Authored>,
    about: readJson(join(folder, 'about.json')) as AuthoredAbout,
  };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
