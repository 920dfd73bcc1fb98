/** The widget's styles as files, for browsers that cannot take them from its script. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { stylesFor, themes, type Theme } from '../../../components/widget/styles.ts';

export const getStaticPaths: GetStaticPaths = () =>
  themes.map((theme) => ({ params: { theme }, props: { theme } }));

export const GET: APIRoute<{ theme: Theme }> = ({ props }) =>
  new Response(stylesFor(props.theme), { headers: { 'Content-Type': 'text/css' } });
