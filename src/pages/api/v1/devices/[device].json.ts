import type { APIContext } from 'astro';
import { publishedDevice } from '../../../../core/published.ts';
import { facts } from '../../../../data/facts.ts';
import type { Device } from '../../../../data/schema.ts';
import { absoluteOn, published } from '../_answer.ts';

interface Props {
  device: Device;
}

export function getStaticPaths(): { params: { device: string }; props: Props }[] {
  return facts.devices.map((device) => ({ params: { device: device.id }, props: { device } }));
}

export function GET({ props, site }: APIContext<Props>): Response {
  const device = publishedDevice(props.device, facts, absoluteOn(site));
  return published('device', { device }, site);
}
