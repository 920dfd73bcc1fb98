/**
 * The address of a page or file of this site, below whatever path it is published at.
 * @param to relative to the site's root, without a leading slash: "check/"
 */
export function addressOf(to: string): string {
  // Ends with a slash, as `trailingSlash: 'always'` in astro.config.mjs has it.
  return import.meta.env.BASE_URL + to;
}
