import type { APIContext } from 'astro';
import { jsonSchemaOf, publishedSchemas, type SchemaName } from '../../../../data/published.ts';
import { absoluteOn, json } from '../_answer.ts';

interface Props {
  name: SchemaName;
}

export function getStaticPaths(): { params: { schema: string }; props: Props }[] {
  return (Object.keys(publishedSchemas) as SchemaName[]).map((name) => ({
    params: { schema: name },
    props: { name },
  }));
}

export function GET({ props: { name }, site }: APIContext<Props>): Response {
  return json(jsonSchemaOf(name, absoluteOn(site)(`api/v1/schema/${name}.json`)));
}
