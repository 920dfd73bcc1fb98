import type { Keeps } from '../data/schema.ts';

/** How a table says whether a backup method keeps something. */
export const keepsWords: Record<Keeps, string> = {
  yes: 'Yes',
  no: 'No',
  'unless-synced': 'If not synced',
  chosen: 'If chosen',
  unconfirmed: 'Not confirmed',
};
