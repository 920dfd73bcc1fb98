/**
 * Writes the `_headers` file of the built site. Hosts read it at the root of what is published: a site
 * below a path has its own folder there, and the file moves up out of it.
 *
 *   node scripts/deploy/write-headers.ts [folder]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { basePath } from './basePath.ts';
import { filesOf } from './filesOf.ts';
import { staticHostHeaders } from './staticHostHeaders.ts';

const folder = process.argv[2] ?? 'dist';
writeFileSync(join(folder, '_headers'), staticHostHeaders(filesOf(folder), basePath()));
