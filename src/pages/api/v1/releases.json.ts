import type { APIContext } from 'astro';
import { publishedRelease } from '../../../core/published.ts';
import { facts } from '../../../data/facts.ts';
import { absoluteOn, published } from './_answer.ts';

export function GET({ site }: APIContext): Response {
  const releases = facts.releases.map((release) =>
    publishedRelease(release, facts, absoluteOn(site)),
  );
  return published('releases', { releases }, site);
}
