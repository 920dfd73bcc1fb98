/**
 * Makes nothing, measures one check: run as a process of its own, so that its peak memory is that of
 * the check alone. Reads the path of a JSON file with what would lie in the folder; prints JSON.
 *
 *   node bench/inspectBackup.ts <folder> <list of stored files> [password]
 */
import { openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import initSqlJs from 'sql.js';
import { FileGone, type Files } from '../src/core/backup/folder.ts';
import { inspect, type Stage } from '../src/core/backup/inspect.ts';

const [folder = '', list = '', password] = process.argv.slice(2);
const lines = readFileSync(list, 'utf8').split('\n');
const sizes = new Map(
  lines.map((line): [string, number] => {
    const [path = '', size] = line.split('\t');
    return [path, Number(size)];
  }),
);
const files: Files = {
  sizes,
  read: (path, start = 0, end = sizes.get(path) ?? 0) => {
    try {
      const bytes = new Uint8Array(end - start);
      readSync(openSync(join(folder, path), 'r'), bytes, 0, bytes.length, start);
      return Promise.resolve(bytes);
    } catch {
      return Promise.reject(new FileGone('It is not there.'));
    }
  },
};

const before = process.memoryUsage().rss;
const stages = new Map<Stage, number>();
let stage: Stage = 'reading';
let since = performance.now();
const start = since;
const next = (to: Stage): void => {
  const now = performance.now();
  stages.set(stage, (stages.get(stage) ?? 0) + now - since);
  stage = to;
  since = now;
};
const found = await inspect(
  files,
  { root: '', whole: true },
  { password },
  { sqlite: () => initSqlJs(), onProgress: (progress) => next(progress.stage) },
);
next(stage);
console.log(
  JSON.stringify({
    files: found.files?.count,
    index: found.index,
    seconds: (performance.now() - start) / 1000,
    stages: Object.fromEntries(stages),
    peakBytes: process.resourceUsage().maxRSS * 1024,
    beforeBytes: before,
    faults: found.faults.map(({ fault, files: count }) => [fault, count]),
  }),
);
