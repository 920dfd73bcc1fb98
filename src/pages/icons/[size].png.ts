/** The icon for home screens that take no SVG, drawn to the edge: each system cuts its own shape. */
import type { APIContext } from 'astro';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';

export function getStaticPaths(): { params: { size: string } }[] {
  return ['180', '192', '512'].map((size) => ({ params: { size } }));
}

export async function GET({ params }: APIContext): Promise<Response> {
  const size = Number(params.size);
  const drawing = readFileSync('public/icon.svg', 'utf8').replace('rx="14"', '');
  const icon = await sharp(Buffer.from(drawing), { density: 72 * (size / 64) })
    .resize(size, size)
    .png()
    .toBuffer();
  return new Response(new Uint8Array(icon), { headers: { 'Content-Type': 'image/png' } });
}
