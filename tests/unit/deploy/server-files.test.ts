import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { caddyfile, nginxServer } from '../../../scripts/deploy/serverFiles.ts';

const read = (file: string): string => readFileSync(join('deploy', file), 'utf8');

describe('the servers’ configurations', () => {
  it.each([
    ['nginx/backup-first.conf', nginxServer('/')],
    ['Caddyfile', caddyfile('/')],
  ])('deploy/%s is what the definition makes', (file, made) => {
    expect(read(file), 'run: npm run deploy:write').toBe(made);
  });

  it.each([
    ['nginx', nginxServer('/a.b/')],
    ['Caddy', caddyfile('/a.b/')],
  ])('hold for %s below a path, and only below it', (_, made) => {
    const addresses = made.match(/\/(?:a\\*\.b\/)?(?:_astro|guides|embed|404)[/.]/g) ?? [];
    expect(addresses.length).toBeGreaterThan(3);
    expect(addresses.filter((address) => !/^\/a\\*\.b\//.test(address))).toEqual([]);
  });
});

describe('the container', () => {
  const lines = read('Dockerfile').replace(/\\\n/g, ' ').split('\n');

  it('copies what exists', () => {
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(copied).toContain('src');
    expect(copied.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('copies what its ignore file lets through', () => {
    const let_through = read('Dockerfile.dockerignore').split('\n');
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(copied.filter((path) => !let_through.includes(`!${path.split('/')[0] ?? ''}`))).toEqual(
      [],
    );
  });

  it('takes from its first stage what that stage makes', () => {
    const taken = lines
      .filter((line) => line.includes('--from=build'))
      .map((line) => line.split(/\s+/)[2] ?? '');
    const made = lines.filter((line) => line.startsWith('RUN ')).join('\n');
    expect(taken).toEqual(['/configuration/nginx/backup-first.conf', '/served']);
    expect(taken.filter((path) => !made.includes(path))).toEqual([]);
  });

  it('listens where it says', () => {
    expect(nginxServer('/')).toContain('listen 80;');
    expect(read('Dockerfile')).toContain("sed -i 's/listen 80;/listen 8080;/'");
  });
});
