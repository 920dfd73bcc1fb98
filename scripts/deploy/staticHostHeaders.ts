/** The `_headers` file that Netlify, Cloudflare Pages and others read. */
import { headerRules, headersOf } from '../../src/layouts/policy.ts';

/** Cloudflare Pages ignores rules beyond these. */
const mostRules = 100;

/**
 * Where two rules hold for one address, Cloudflare joins their values and Netlify lets the last win.
 * So no two here name the same header for one address: what is the same everywhere stands under "/*",
 * and the rest once for every folder, or every file where a folder's files differ.
 * @param files of the built site, relative to its folder
 * @param base the path the site is published at, with a slash at both ends
 */
export function staticHostHeaders(files: string[], base: string): string {
  const everywhere = headerRules
    .filter(({ except }) => except.length === 0)
    .map(({ name }) => name);
  const headers = headersOf('');
  const rules = [
    {
      path: '*',
      headers: Object.fromEntries(everywhere.map((name) => [name, headers[name] ?? ''])),
    },
    ...rulesOf('', files.map(addressOf), everywhere),
  ];
  if (rules.length > mostRules) {
    throw new Error(
      `The _headers file would need ${rules.length} rules, and Cloudflare Pages reads ${mostRules}. Give files of one kind a folder of their own.`,
    );
  }
  return rules
    .map(({ path, headers: own }) => {
      const lines = Object.entries(own).map(([name, value]) => `  ${name}: ${value}\n`);
      return `${base}${path}\n${lines.join('')}`;
    })
    .join('');
}

/** The address, below the site's own, that shows a file. */
function addressOf(file: string): string {
  return file.replace(/(^|\/)index\.html$/, '$1');
}

interface Rule {
  path: string;
  headers: Record<string, string>;
}

/** Rules for all addresses in a folder: one where they agree, else one for each of its parts. */
function rulesOf(folder: string, addresses: string[], without: string[]): Rule[] {
  const headers = addresses.map((address) => ownHeaders(address, without));
  const [first] = headers;
  if (folder !== '' && first && headers.every((own) => isSame(own, first))) {
    return [{ path: `${folder}*`, headers: first }];
  }
  const parts = new Map<string, string[]>();
  for (const address of addresses) {
    const slash = address.indexOf('/', folder.length);
    const part = slash === -1 ? address : address.slice(0, slash + 1);
    parts.set(part, [...(parts.get(part) ?? []), address]);
  }
  return [...parts].flatMap(([part, inside]) =>
    part.endsWith('/') && part !== folder
      ? rulesOf(part, inside, without)
      : [{ path: part, headers: ownHeaders(part, without) }],
  );
}

function ownHeaders(address: string, without: string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headersOf(address)).filter(([name]) => !without.includes(name)),
  );
}

function isSame(one: Record<string, string>, other: Record<string, string>): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
