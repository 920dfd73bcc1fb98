import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';

const workflow = readFileSync('.github/workflows/facts.yml', 'utf8');

describe('the weekly look for newer facts', () => {
  it('is YAML', async () => {
    expect(await format(workflow, { parser: 'yaml' })).toContain('schedule:');
  });

  it('runs no action that can change under its name', () => {
    const used = [...workflow.matchAll(/uses: (\S+)/g)].map(([, action = '']) => action);
    expect(used.length).toBeGreaterThan(3);
    for (const action of used) expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
  });

  it('gives the job that reads the web no right to write, and the one that writes no packages to run', () => {
    expect(workflow).toMatch(/^permissions: \{\}$/m);
    const [, update = '', propose = ''] = workflow.split(/^ {2}(?:update|propose):$/m);
    expect(update).toMatch(/permissions:\n {6}contents: read\n {4}outputs:/);
    expect(update).toContain('persist-credentials: false');
    expect(update).toContain('npm run --silent facts:update');
    expect(propose).toMatch(
      /permissions:\n {6}contents: write\n {6}pull-requests: write\n {4}steps:/,
    );
    expect(propose).not.toMatch(/npm|node|npx/);
  });

  it('needs no secret, and puts nothing from outside into a script', () => {
    expect(workflow).not.toMatch(/secrets\./);
    const scripts = workflow.split('\n').filter((line) => !/^\s+[A-Z_a-z-]+: /.test(line));
    expect(scripts.join('\n')).not.toContain('${{');
  });
});
