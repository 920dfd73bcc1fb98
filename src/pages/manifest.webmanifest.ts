/**
 * What a device needs to put the site on its home screen. Not "standalone": on an iPhone such an
 * app keeps its own storage, and the ticks made in Safari would seem lost.
 */
import { addressOf } from '../components/siteAddress.ts';

const icons = ['192', '512'].map((size) => ({
  src: addressOf(`icons/${size}.png`),
  sizes: `${size}x${size}`,
  type: 'image/png',
  purpose: 'any maskable',
}));

export function GET(): Response {
  const manifest = {
    id: addressOf(''),
    name: 'Backup First',
    short_name: 'Backup First',
    description: 'Can my iPhone take this update, and will I lose anything?',
    lang: 'en-US',
    dir: 'ltr',
    start_url: addressOf('check/'),
    scope: addressOf(''),
    display: 'minimal-ui',
    background_color: '#fdfdfb',
    theme_color: '#0b5775',
    icons,
  };
  return new Response(JSON.stringify(manifest), {
    headers: { 'Content-Type': 'application/manifest+json' },
  });
}
