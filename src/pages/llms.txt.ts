import { getCollection } from 'astro:content';
import type { APIContext } from 'astro';
import { addressOf } from '../components/siteAddress.ts';
import { longDate } from '../content/checklist/phrases.ts';
import { inOrder } from '../content/guides.ts';
import { facts } from '../data/facts.ts';

/** What the site holds, for programs that read: the guides by question, and where the facts are. */
export async function GET({ site }: APIContext): Promise<Response> {
  const guides = inOrder(await getCollection('guides'));
  const absolute = (to: string): string => new URL(addressOf(to), site).href;
  const text = [
    '# Backup First',
    '',
    '> Whether an iPhone, iPad or iPod touch can take an update, what Apple offers it today, and how to back up, prove the backup and update.',
    '',
    `Facts of ${longDate(facts.about.asOf)}. iOS 14 and iPadOS 14 are no longer offered to any device.`,
    '',
    '## Guides',
    '',
    ...guides.map(
      ({ id, data }) => `- [${data.question}](${absolute(`guides/${id}/`)}): ${data.summary}`,
    ),
    '',
    '## Tables and tools',
    '',
    `- [The checker](${absolute('check/')}): look a device up, get a checklist`,
    `- [How long a backup takes](${absolute('plan/')}): by size, line and cable, with the sums`,
    `- [Who can have which release](${absolute('releases/')})`,
    `- [Every device, one page each](${absolute('devices/')}): what it gets today, A-numbers, backup, recovery keys`,
    `- [Open data](${absolute('api/')}): the facts as JSON (${absolute('api/v1/devices.json')}) and CSV (${absolute('api/v1/compatibility.csv')})`,
    `- [The general checklist](${absolute('checklist/')})`,
    `- [Accessibility](${absolute('accessibility/')}): what is tested, and what is not`,
    '',
  ].join('\n');
  return new Response(text, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}
