import type { Facts } from '../../data/schema.ts';

/**
 * The major that an attribute or an address names: "ios-14", "ipados-14", "14". The headline release for
 * anything else: the page around is not the visitor's to mend.
 */
export function majorOf(release: string | null, { about, releases }: Facts): number {
  const major = Number(/^(?:(?:ios|ipados)-)?(\d{1,2})$/i.exec(release?.trim() ?? '')?.[1]);
  return releases.some((known) => known.major === major) ? major : about.headlineMajor;
}
