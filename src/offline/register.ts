/** Keeps the site for later, where the browser can; the page never waits for it. */
// Ends with a slash, as `trailingSlash: 'always'` in astro.config.mjs has it.
const base = import.meta.env.BASE_URL;

if ('serviceWorker' in navigator && import.meta.env.PROD) {
  addEventListener('load', () => {
    navigator.serviceWorker
      .register(`${base}sw.js`, { scope: base, updateViaCache: 'none' })
      // Forbidden in private windows and by some settings: the site works without.
      .catch(() => undefined);
  });
}
