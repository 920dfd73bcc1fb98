/**
 * Hands a finished check to the checklist: its steps that prove a backup on a computer are ticked,
 * and what was found is kept beside the ticks.
 */
import type { Found } from '../../core/backup/inspect.ts';
import { writeProof } from '../checker/proof.ts';
import { readTicks, today, writeTicks } from '../checker/ticks.ts';
import { sizeInWords, grouped, dayAndTime } from '../../content/inspector.ts';

const steps = [
  'prove-finder',
  'prove-itunes',
  'prove-windows',
  'prove-linux',
  'prove-any-computer',
  'prove-borrowed',
];

export function keepProof(device: string, { about, encrypted, files }: Found): void {
  const ticks = readTicks(device);
  for (const step of steps) ticks[step] = today();
  writeTicks(device, ticks);
  writeProof(device, {
    on: today(),
    what: `Backup made ${about.madeAt === undefined ? 'at a time it does not say' : dayAndTime(about.madeAt)}: ${grouped(files?.count ?? 0)} files, ${sizeInWords(files?.bytes ?? 0)}, ${encrypted ? 'encrypted' : 'not encrypted'}.`,
  });
}
