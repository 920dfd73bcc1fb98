/** Built sites to look at and to serve. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { copyOfProject, runIn, withoutVitest } from '../unit/project.ts';

export interface Site {
  folder: string;
  base: string;
  remove: () => void;
}

/** What the site may come to have, where it has not yet, and what should never be there. */
const planted: Record<string, string> = {
  'sw.js': 'self.skipWaiting();\n',
  'app.webmanifest': '{"name":"Backup First"}\n',
  'embed/index.html': '<!doctype html><title>Embedded</title><p>Embedded</p>\n',
  'api/devices.json': `[${'{"name":"iPhone 6s"},'.repeat(100)}{}]\n`,
  'widget/widget.js': 'document.documentElement.dataset.widget = "ran";\n',
  'module.mjs': 'export {};\n',
  'program.wasm': '\0asm',
  'numbers.csv': 'device,release\n',
  '.env': 'SECRET=1\n',
  '.git/config': '[core]\n',
  'guides/.hidden': 'hidden\n',
  '.well-known/security.txt': 'Contact: mailto:somebody@example.org\n',
};

/** The last build, with what is planted. */
export function builtSite(): Site {
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  cpSync('dist', folder, { recursive: true, preserveTimestamps: true });
  plant(folder);
  return { folder, base: '/', remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A dot, which is a letter in a path and any letter in an expression, and two folders deep. */
const path = '/old.phones/backup';

/** A build for a path, by the very command that builds. */
export function siteBelowPath(): Site {
  const project = copyOfProject();
  const built = spawnSync('npm', ['run', 'build'], {
    cwd: project.folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    env: { ...withoutVitest(process.env), SITE_URL: 'https://example.org', BASE_PATH: path },
  });
  if (built.status !== 0)
    throw new Error(`The build below a path failed:\n${built.stdout}${built.stderr}`);
  const folder = join(project.folder, 'dist');
  plant(folder);
  return { folder, base: `${path}/`, remove: () => project.remove() };
}

function plant(folder: string): void {
  for (const [file, text] of Object.entries(planted)) {
    if (existsSync(join(folder, file))) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const compressed = runIn(folder, [resolve('scripts/deploy/precompress.ts'), '.']);
  if (compressed.status !== 0) throw new Error(compressed.said);
}
