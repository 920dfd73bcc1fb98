/** The examples of /api/, taken from the page as a reader would, and run against the built site. */
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { parse } from 'node-html-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publisher, type Publisher } from '../e2e/publisher.ts';

// Without options, the parser takes what is in <pre> for text, tags and all.
const page = parse(readFileSync('dist/api/index.html', 'utf8'), { blockTextElements: {} });
const textOf = (id: string): string => page.getElementById(id)?.textContent ?? '';

/** How a reader runs each, and what must be on the machine for it. */
const programs = {
  curl: { command: 'bash', before: ['-c'], needs: ['bash', 'curl', 'grep'] },
  javascript: { command: process.execPath, before: ['--input-type=module', '-e'], needs: [] },
  python: { command: 'python3', before: ['-c'], needs: ['python3'] },
};
const isThere = (program: string): boolean =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;

describe('the examples of the open data', () => {
  let host: Publisher;
  beforeAll(async () => {
    host = await publisher('dist');
  });
  afterAll(() => host.cut());

  for (const [name, { command, before, needs }] of Object.entries(programs)) {
    const missing = needs.filter((program) => !isThere(program));
    const title = `in ${name} print what the page says${missing.length > 0 ? ` (needs ${missing.join(', ')})` : ''}`;
    it.skipIf(missing.length > 0)(title, async () => {
      const code = textOf(`example-${name}`);
      expect(code).toContain('https://backup-first.example/api/v1/');
      const local = code.replace(/https:\/\/backup-first\.example/g, host.origin);
      const { stdout } = await promisify(execFile)(command, [...before, local], {
        env: { ...process.env, no_proxy: '*', NO_PROXY: '*' },
      });
      expect(stdout.trim()).not.toBe('');
      expect(stdout.trim()).toBe(textOf(`prints-${name}`));
    });
  }

  it('are three, and the page has no other', () => {
    const ids = page.querySelectorAll('pre[id^=example-]').map(({ id }) => id.slice(8));
    expect(ids).toEqual(Object.keys(programs));
  });
});
