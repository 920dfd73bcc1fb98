/** The picture that shows a page where a link to it is shared. Drawn at build. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import satori from 'satori';
import sharp from 'sharp';

const size = { width: 1200, height: 630 };
const require = createRequire(import.meta.url);

/** @returns the bytes of a PNG, 1200 by 630 */
export async function drawCard(title: string, line: string): Promise<Buffer> {
  const svg = await satori(
    {
      type: 'div',
      props: {
        style: {
          ...size,
          display: 'flex',
          flexDirection: 'column',
          justifyContent: 'space-between',
          padding: 72,
          background: '#fdfdfb',
          color: '#1d2428',
          borderLeft: '24px solid #0b5775',
        },
        children: [
          text('Backup First', { fontSize: 36, fontWeight: 700, color: '#0b5775' }),
          text(title, { fontSize: 64, fontWeight: 700, lineHeight: 1.2 }),
          text(line, { fontSize: 34, lineHeight: 1.4, color: '#4f5a61' }),
        ],
      },
    },
    { ...size, fonts: [await font(400), await font(700)] },
  );
  return sharp(Buffer.from(svg)).png({ palette: true }).toBuffer();
}

function text(children: string, style: object): object {
  return { type: 'div', props: { style: { display: 'flex', ...style }, children } };
}

async function font(weight: 400 | 700): Promise<{ name: string; weight: 400 | 700; data: Buffer }> {
  const file = require.resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff`);
  return { name: 'Inter', weight, data: await readFile(file) };
}
