/**
 * The only thing kept on the device: which steps of a device's checklist are ticked, and since
 * when. Storage that is full, forbidden or spoilt costs nothing but the ticks.
 */

/** Step id -> the day it was ticked, as YYYY-MM-DD. */
export type Ticks = Record<string, string>;

const calendarDay = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const keyOf = (checklist: string): string => `backup-first.ticks.${checklist}`;

/** @param checklist the device id */
export function readTicks(checklist: string): Ticks {
  try {
    return parseTicks(localStorage.getItem(keyOf(checklist)) ?? '{}');
  } catch {
    return {};
  }
}

/** @param stored whatever was found; what of it is no tick is left out */
export function parseTicks(stored: string): Ticks {
  let read: unknown;
  try {
    read = JSON.parse(stored);
  } catch {
    return {};
  }
  const ticks: Ticks = {};
  for (const [step, day] of Object.entries(read ?? {})) {
    if (typeof day === 'string' && calendarDay.test(day)) ticks[step] = day;
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
