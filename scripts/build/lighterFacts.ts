/** A plugin of Vite's, for the site and for the widget. */
import type { Plugin } from 'vite';

/** Where a fact is from, and of which day, is read at build alone: browsers get records without it. */
export function lighterFacts(): Plugin {
  return {
    name: 'lighter-facts',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    transform: {
      filter: { id: /src\/data\/(devices|releases)\/.+\.json$/ },
      handler(json: string): string {
        const record = JSON.parse(json) as Record<string, unknown>;
        delete record.sources;
        delete record.asOf;
        return JSON.stringify(record);
      },
    },
  };
}
