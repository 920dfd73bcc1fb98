/**
 * The only thing kept on the device: which steps of a device's checklist are ticked, and since
 * when. Storage that is full, forbidden or spoilt costs nothing but the ticks.
 */

/** Step id -> the day it was ticked, as YYYY-MM-DD. */
export type Ticks = Record<string, string>;

const keyOf = (checklist: string): string => `backup-first.ticks.${checklist}`;

/** @param checklist the device id */
export function readTicks(checklist: string): Ticks {
  const ticks: Ticks = {};
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(checklist)) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return ticks;
    for (const [step, day] of Object.entries(stored)) {
      if (typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day)) ticks[step] = day;
    }
  } catch {
    return {};
  }
  return ticks;
}

/** @returns whether they were kept */
export function writeTicks(checklist: string, ticks: Ticks): boolean {
  try {
    if (Object.keys(ticks).length === 0) localStorage.removeItem(keyOf(checklist));
    else localStorage.setItem(keyOf(checklist), JSON.stringify(ticks));
    return true;
  } catch {
    return false;
  }
}

/** Today where the visitor is, as YYYY-MM-DD. */
export function today(): string {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
