/**
 * The address of a page or file of this site, below whatever path it is published at.
 * @param to relative to the site's root, without a leading slash: "check/"
 */
export function addressOf(to: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/$/, '')}/${to}`;
}
