/** Keeps the site for later, where the browser can; the page never waits for it. */
import { addressOf } from '../components/siteAddress.ts';

if ('serviceWorker' in navigator && import.meta.env.PROD) {
  addEventListener('load', () => {
    navigator.serviceWorker
      .register(addressOf('sw.js'), { scope: addressOf(''), updateViaCache: 'none' })
      // Forbidden in private windows and by some settings: the site works without.
      .catch(() => undefined);
  });
}
