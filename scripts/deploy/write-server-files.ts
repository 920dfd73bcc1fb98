/**
 * Writes the configurations of nginx and Caddy. Those in `deploy/` are for a site at the root of its
 * host; for another path, name it and a folder to write to.
 *
 *   [BASE_PATH=/backup] node scripts/deploy/write-server-files.ts [folder]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { basePath } from './basePath.ts';
import { caddyfile, nginxServer } from './serverFiles.ts';

const folder = process.argv[2] ?? 'deploy';
if (folder === 'deploy' && basePath() !== '/') {
  throw new Error('deploy/ holds the files for BASE_PATH "/": name another folder to write to.');
}
mkdirSync(join(folder, 'nginx'), { recursive: true });
writeFileSync(join(folder, 'nginx/backup-first.conf'), nginxServer(basePath()));
writeFileSync(join(folder, 'Caddyfile'), caddyfile(basePath()));
