import type { Device } from '../../data/schema.ts';

/** Whether an identifier is numbered above all of its kind: "iPhone20,1" when 19 is the newest. */
export function isBeyondFacts(devices: readonly Device[], identifier: string): boolean {
  const [prefix, number] = split(identifier);
  const known = devices
    .flatMap((device) => device.variants.map((variant) => split(variant.identifier)))
    .filter(([ofVariant]) => ofVariant === prefix)
    .map(([, ofVariant]) => ofVariant);
  return number > Math.max(...known);
}

function split(identifier: string): [string, number] {
  const found = /^([A-Za-z]+)(\d+)/.exec(identifier);
  return [found?.[1] ?? '', Number(found?.[2] ?? 0)];
}
