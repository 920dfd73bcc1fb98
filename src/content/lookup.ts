/** What the lookup says when it has no device to show. */
import type { Lookup } from '../core/lookup/lookup.ts';
import { longDate } from './checklist/phrases.ts';

const whereIsIt =
  'Open Settings, General, About: tap the number beside Model Number until it starts with A. Or look for A and four digits on the case.';

/** @param asOf the facts' date @returns undefined when there are matches, or nothing was typed */
export function lookupMessage(result: Lookup | undefined, asOf = ''): string | undefined {
  switch (result?.kind) {
    case 'part-number':
      return `${result.code} is a part number: it tells color, storage and country, not the model. We need the A-number. ${whereIsIt}`;
    case 'newer':
      return `“${result.name}” is newer than our facts (${longDate(asOf)}), so we cannot say anything about it yet. If you meant another device, look for its A-number. ${whereIsIt}`;
    case 'unknown-code':
      return `No iPhone, iPad or iPod touch up to ${longDate(asOf)} has ${result.code}. It may be newer than that, or one digit may be wrong. ${whereIsIt}`;
    case 'nothing':
      return `No device fits that. Try its name, or its A-number. ${whereIsIt}`;
    default:
      return undefined;
  }
}
