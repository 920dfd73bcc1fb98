/** What the site's files are. nginx's own list lacks some, and Caddy's depends on the machine. */
export const contentTypes: Record<string, string[]> = {
  'text/html': ['html'],
  'text/css': ['css'],
  'text/javascript': ['js', 'mjs'],
  'text/plain': ['txt'],
  'text/csv': ['csv'],
  'application/json': ['json'],
  'application/manifest+json': ['webmanifest'],
  'application/xml': ['xml'],
  'application/wasm': ['wasm'],
  'image/svg+xml': ['svg'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/webp': ['webp'],
  'image/x-icon': ['ico'],
  // Pagefind's, compressed already.
  'application/octet-stream': ['pagefind', 'pf_fragment', 'pf_index', 'pf_meta', 'pf_filter'],
};

/** Files of text, which are worth compressing. */
export const textExtensions = [
  ...['text/html', 'text/css', 'text/javascript', 'text/plain', 'text/csv'],
  ...['application/json', 'application/manifest+json', 'application/xml', 'application/wasm'],
  'image/svg+xml',
].flatMap((type) => contentTypes[type] ?? []);
