/** Numbers that identify a person or a phone, cut to what tells two of them apart. */

/** "DNPX1234ABCD" -> "…BCD"; shorter ones show less, and one of three characters nothing. */
export function masked(number: string): string {
  const shown = Math.min(3, Math.floor(number.length / 4));
  return `…${shown > 0 ? number.slice(-shown) : ''}`;
}
