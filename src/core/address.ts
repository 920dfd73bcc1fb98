/** What every address with answers in it has in common. */

/** Characters of a typed text that an address keeps. */
export const longestText = 80;

/** One line of at most 80 characters, no emoji cut in half at its end. */
export function text(value: string | null): string {
  return (value ?? '')
    .replace(/\s+/g, ' ')
    .slice(0, longestText)
    .replace(/[\ud800-\udbff]$/, '');
}

/** @returns the query, with its question mark, of what is not empty; '' when all is */
export function queryOf(pairs: readonly (readonly [name: string, value: string])[]): string {
  const query = pairs
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join('&');
  return query === '' ? '' : `?${query}`;
}

/** Unlike encodeURIComponent, URLSearchParams does not throw at half an emoji. */
function encoded(value: string): string {
  const pair = new URLSearchParams([['', value]]).toString();
  return pair.slice(1).replace(/\+/g, '%20').replace(/%2C/g, ',');
}
