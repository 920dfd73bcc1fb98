import type { APIContext } from 'astro';
import { publishedRelease } from '../../../../core/published.ts';
import { facts } from '../../../../data/facts.ts';
import type { Release } from '../../../../data/schema.ts';
import { absoluteOn, published } from '../_answer.ts';

interface Props {
  release: Release;
}

export function getStaticPaths(): { params: { release: string }; props: Props }[] {
  return facts.releases.map((release) => ({ params: { release: release.id }, props: { release } }));
}

export function GET({ props, site }: APIContext<Props>): Response {
  const release = publishedRelease(props.release, facts, absoluteOn(site));
  return published('release', { release }, site);
}
