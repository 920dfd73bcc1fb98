/**
 * Makes a backup to try the inspector with:
 *
 *   node tests/backup/make.ts <folder> [options]
 */
import { parseArgs } from 'node:util';
import { fileDamages, plistNames, wholeDamages, type Damage, type DamageKind } from './damage.ts';
import { dataKinds } from './contents.ts';
import { hostileTricks, type HostileTrick } from './hostile.ts';
import { makeBackup, type BackupPlan, type PlistEncoding } from './makeBackup.ts';

const kinds: readonly DamageKind[] = [...fileDamages, ...wholeDamages];
const encodings: readonly PlistEncoding[] = ['xml', 'xml-utf16', 'binary'];
const payloads = ['real', 'sparse', 'none'] as const;
const schemes = ['10.2', 'before-10.2', '10.0'] as const;

const help = `node tests/backup/make.ts <folder> [options]

Writes a made-up iPhone backup into a folder that must not exist yet.

  --files n            how many files, 60 unless said
  --date d             when it was made, such as 2026-10-05T09:30:00Z; now unless said
  --encrypted          with the password "backup-first", or that of --password
  --password x         encrypted, with this password: one you use nowhere else
  --iterations n       rounds of the long derivation; 10000000 unless said, as real phones take
  --scheme s           ${schemes.join(', ')}: which iOS encrypted it
  --era mbdb           from before iOS 10
  --product p          the device, such as iPhone12,1
  --version v          its iOS, such as 15.8.8
  --plists e           ${encodings.join(', ')}: all three property lists
  --payload p          ${payloads.join(', ')}: what lies in the folders
  --digests            hashes of contents in the index
  --padding n          bytes more in each record of the index
  --seed s             other bytes, keys and sizes
  --damage d           any number of times: kind, then if wanted ":" and what it hits, ":" and how often
                       (missing:photos:3, cut-short:Manifest.plist, hostile-plist:Info.plist:1:cycle)

Damages of files: ${fileDamages.join(', ')}.
Damages of the whole: ${wholeDamages.join(', ')}.
What they hit: ${dataKinds.join(', ')}; or part of domain/path; or ${plistNames.join(', ')}, Manifest.db.
Tricks of hostile-plist: ${hostileTricks.join(', ')}.`;

try {
  run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function run(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ files: { type: 'string' }, date: { type: 'string' }, help: { type: 'boolean' } },
      ...{ encrypted: { type: 'boolean' }, password: { type: 'string' } },
      ...{ iterations: { type: 'string' }, scheme: { type: 'string' }, era: { type: 'string' } },
      ...{ product: { type: 'string' }, version: { type: 'string' }, plists: { type: 'string' } },
      ...{ payload: { type: 'string' }, digests: { type: 'boolean' }, padding: { type: 'string' } },
      ...{ seed: { type: 'string' }, damage: { type: 'string', multiple: true } },
    },
  });
  const [folder] = positionals;
  if (values.help || folder === undefined) {
    console.log(help);
    return;
  }
  const plan: BackupPlan = {
    date: values.date === undefined ? new Date() : dateOf(values.date),
    device: {
      ...(values.product === undefined ? {} : { productType: values.product }),
      ...(values.version === undefined ? {} : { productVersion: values.version }),
    },
    digests: values.digests ?? false,
    era: oneOf('--era', values.era ?? 'today', ['today', 'mbdb']),
    payload: oneOf('--payload', values.payload ?? 'real', payloads),
    ...(values.files === undefined ? {} : { files: wholeNumber('--files', values.files) }),
    ...(values.padding === undefined
      ? {}
      : { recordPadding: wholeNumber('--padding', values.padding) }),
    ...(values.seed === undefined ? {} : { seed: values.seed }),
    ...(values.plists === undefined
      ? {}
      : { plistEncoding: oneOf('--plists', values.plists, encodings) }),
  };
  if (values.encrypted || values.password !== undefined) {
    plan.encrypted = {
      password: values.password ?? 'backup-first',
      doubleIterations: wholeNumber('--iterations', values.iterations ?? '10000000'),
      scheme: oneOf('--scheme', values.scheme ?? '10.2', schemes),
    };
  }
  const { counts, damaged } = makeBackup(folder, plan, (values.damage ?? []).map(damageOf));
  console.log(
    `Wrote ${counts.files} files, ${counts.folders} folders and ${counts.links} links (${counts.bytes} bytes) to ${folder}.`,
  );
  for (const { kind, where, trick } of damaged) {
    console.log(['Damaged:', kind, where, trick].filter(Boolean).join(' '));
  }
}

function damageOf(text: string): Damage {
  const [kind = '', of = '', count = '', trick = ''] = text.split(':');
  return {
    kind: oneOf('--damage', kind, kinds),
    ...(of === '' ? {} : { of }),
    ...(count === '' ? {} : { count: wholeNumber('--damage', count) }),
    ...(trick === '' ? {} : { trick: oneOf<HostileTrick>('--damage', trick, hostileTricks) }),
  };
}

function oneOf<Name extends string>(option: string, text: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === text);
  if (found === undefined) {
    throw new Error(`${option} does not know "${text}". It takes one of: ${names.join(', ')}.`);
  }
  return found;
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${option} needs a whole number, not "${text}".`);
  return Number(text);
}

function dateOf(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new Error(`--date needs a date such as 2026-10-05T09:30:00Z, not "${text}".`);
  }
  return date;
}
