/** Programs that use the open data, as its page shows them, with what each prints. */
import { offersFor, runs } from '../core/compatibility.ts';
import { compatibilityTable, type Absolute } from '../core/published.ts';
import type { Facts } from '../data/schema.ts';

export interface Example {
  id: 'curl' | 'javascript' | 'python';
  name: string;
  /** What it is for, as a sentence. */
  purpose: string;
  /** What runs it. */
  program: string;
  code: string;
  prints: string;
}

const deviceId = 'iphone-6s';

/** @throws Error when the facts no longer have the device that the examples are about */
export function examples(facts: Facts, absolute: Absolute): Example[] {
  const device = facts.devices.filter(({ id }) => id === deviceId)[0];
  if (!device) throw new Error(`The examples need a device "${deviceId}".`);
  const major = facts.about.headlineMajor;
  const start = `${device.id},`;
  const row = compatibilityTable(facts)
    .split('\r\n')
    .filter((line) => line.startsWith(start) && line.includes(`,ios-${major},`))[0];
  const today = offersFor(device).map(({ version }) => version);
  const last = device.lastMajor;
  const offered = facts.devices.filter(
    (one) =>
      runs(one, last) &&
      one.family !== 'iPad' &&
      offersFor(one).some(({ version }) => Number.parseInt(version, 10) === last),
  );
  return [
    {
      id: 'curl',
      name: 'curl',
      purpose: 'The row of one device and one release, from the table of all.',
      program: 'a terminal with curl and grep',
      code: `curl --silent --show-error --fail ${absolute('api/v1/compatibility.csv')} |
  grep '^${device.id},.*,ios-${major},'`,
      prints: row ?? '',
    },
    {
      id: 'javascript',
      name: 'JavaScript',
      purpose: 'One device: what Apple offers it today.',
      program: 'Node.js 18 or later or a browser, as a module',
      code: `const answer = await fetch('${absolute(`api/v1/devices/${device.id}.json`)}');
if (!answer.ok) throw new Error(\`The device was not found (\${answer.status}).\`);
const { asOf, device } = await answer.json();
const { verdict } = device.releases.find(({ release }) => release === 'ios-${major}');
const today = device.offeredToday.map(({ version }) => version).join(', ') || 'nothing';
console.log(\`\${device.name}, iOS ${major}: \${verdict}. Offered on \${asOf}: \${today}\`);`,
      prints: `${device.name}, iOS ${major}: ${wordOf(row)}. Offered on ${facts.about.asOf}: ${today.join(', ') || 'nothing'}`,
    },
    {
      id: 'python',
      name: 'Python',
      purpose: 'Every device that Apple still offers a release, from the table.',
      program: 'Python 3, no packages',
      code: `import csv, io, urllib.request

with urllib.request.urlopen('${absolute('api/v1/compatibility.csv')}') as answer:
    table = csv.DictReader(io.TextIOWrapper(answer, encoding='utf-8', newline=''))
    names = [row['device_name'] for row in table
             if row['release_id'] == 'ios-${last}' and row['offered_version']]
print(len(names), 'devices:', ', '.join(names))`,
      prints: `${offered.length} devices: ${offered.map(({ name }) => name).join(', ')}`,
    },
  ];
}

/** The verdict of a row of the table. */
function wordOf(row: string | undefined): string {
  return row?.split(',')[8] ?? '';
}
