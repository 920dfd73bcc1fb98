import type { APIContext } from 'astro';
import { publishedDevice } from '../../../core/published.ts';
import { facts } from '../../../data/facts.ts';
import { absoluteOn, published } from './_answer.ts';

export function GET({ site }: APIContext): Response {
  const devices = facts.devices.map((device) => publishedDevice(device, facts, absoluteOn(site)));
  return published('devices', { devices }, site);
}
