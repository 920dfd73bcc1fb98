import type { APIContext } from 'astro';
import { addressOf } from '../components/siteAddress.ts';

export function GET({ site }: APIContext): Response {
  const sitemap = new URL(addressOf('sitemap-index.xml'), site).href;
  return new Response(`User-agent: *\nAllow: /\n\nSitemap: ${sitemap}\n`);
}
