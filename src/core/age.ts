/** How old the facts may be before every page says so loudly: Apple brings out something every few weeks. */
export const mostDays = 60;

/**
 * Whether facts are older than that.
 * @param asOf the start of their day @param now both in milliseconds since 1970
 */
export function areOld(asOf: number, now: number): boolean {
  return now - asOf > mostDays * 86_400_000;
}
