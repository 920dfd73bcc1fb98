/** How many requests a second a real server answers; the script `bench:serve` measures it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project, run } from '../programs.ts';
import type { Part } from '../report.ts';

export const serve: Part = {
  name: 'serve',
  title: 'Served by nginx',
  run: async () => {
    const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    if (!scripts['bench:serve']) {
      return { tables: [], notes: ['Not measured: there is no script bench:serve.'], measured: [] };
    }
    const ran = await run('npm run --silent bench:serve', { folder: project, aloud: true });
    if (ran.status !== 0) throw new Error('bench:serve failed: see above.');
    return { tables: [], notes: [], said: ran.said.trim(), measured: { seconds: ran.seconds } };
  },
};
