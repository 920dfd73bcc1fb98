import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { guideSchema } from './data/schema.ts';

export const collections = {
  guides: defineCollection({
    loader: glob({ pattern: '*.mdx', base: './src/content/guides' }),
    schema: guideSchema,
  }),
};
