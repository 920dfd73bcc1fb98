import { getCollection } from 'astro:content';
import type { APIContext } from 'astro';
import { drawCard } from '../../components/card/drawCard.ts';

interface Props {
  title: string;
  line: string;
}

export async function getStaticPaths(): Promise<{ params: { card: string }; props: Props }[]> {
  const guides = await getCollection('guides');
  return [
    {
      params: { card: 'site' },
      props: {
        title: 'Can my iPhone take this update, and will I lose anything?',
        line: 'Look up your device, back up, prove the backup, update.',
      },
    },
    ...guides.map(({ id, data }) => ({
      params: { card: id },
      props: { title: data.title, line: data.question },
    })),
  ];
}

export async function GET({ props }: APIContext<Props>): Promise<Response> {
  const card = await drawCard(props.title, props.line);
  return new Response(new Uint8Array(card), { headers: { 'Content-Type': 'image/png' } });
}
