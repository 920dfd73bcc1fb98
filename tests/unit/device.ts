import { facts } from '../../src/data/facts.ts';
import type { Device } from '../../src/data/schema.ts';

/** @throws Error when the facts have no such device: a misspelled id must not pass a test */
export function deviceOf(id: string): Device {
  const device = facts.devices.find((known) => known.id === id);
  if (!device) throw new Error(`The facts have no device "${id}".`);
  return device;
}
