/**
 * What browsers are told about the site: what a page may load and do, who may show it in a frame, and
 * what may be kept. The one definition: pages carry it as meta tags, `dist/_headers` and the files in
 * `deploy/` are made from it. Pure, so that scripts can import it.
 */

/** What a page does beyond being read; every other page is held to less. */
export type Need =
  /** Runs WebAssembly: Pagefind's, or SQLite's. */
  | 'wasm'
  /** Shows a video of YouTube once a visitor has pressed its button. */
  | 'video'
  /** Is shown in frames on other sites. */
  | 'embedding'
  /** Shows pages of ours in frames. */
  | 'frames';

/** One header of every answer. Paths are below the site's own, without a leading slash. */
export interface HeaderRule {
  name: string;
  /** Undefined where the header is not sent. */
  value: string | undefined;
  /** Where another value holds. "cards/*" is all in that folder, "icon*" all that begins so. */
  except: { paths: string[]; value: string | undefined }[];
  /** Says nothing over plain HTTP, where browsers must ignore it. */
  onlyOverTls?: true;
}

const videoSite = 'https://www.youtube-nocookie.com';

/** Others learn which site a link was on and no more. Without even that, YouTube refuses to play. */
export const referrerPolicy = 'strict-origin-when-cross-origin';

/**
 * Browsers skip directives and sources that they do not know, so each is safe on the oldest:
 * - `worker-src` is unknown to Safari before 15.5, which asks `child-src` about workers, the service
 *   worker too. All others are known to Safari 12.1, Chrome 70 and Firefox 68.
 * - `'wasm-unsafe-eval'` is unknown to Safari before 16 and Chrome before 97, which then refuse
 *   WebAssembly: search and inspector use theirs as plain script there (docs/decisions/0005, 0010). The word they
 *   know, `'unsafe-eval'`, would allow what this policy is for.
 * - Data blocks, such as JSON-LD, are no scripts to the standard, and need no hash; tests visit every page.
 * - `upgrade-insecure-requests` is left out: Safari applies it to http://localhost, and nothing here
 *   is asked for by a full address.
 */
function directives(needs: readonly Need[]): Record<string, string> {
  return {
    'default-src': "'none'",
    'script-src': needs.includes('wasm') ? "'self' 'wasm-unsafe-eval'" : "'self'",
    'style-src': "'self'",
    'img-src': "'self'",
    'connect-src': "'self'",
    'manifest-src': "'self'",
    'worker-src': "'self'",
    'child-src': "'self'",
    'frame-src': frameSources(needs),
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
  };
}

function frameSources(needs: readonly Need[]): string {
  if (needs.includes('video')) return videoSite;
  return needs.includes('frames') ? "'self'" : "'none'";
}

/** The policy as a meta tag: `frame-ancestors` is left out, which browsers accept in a header alone. */
export function policyInPage(needs: readonly Need[] = []): string {
  return written(directives(needs));
}

/** The policy as a header. Where a page's own says less, both hold. */
export function policyInHeader(needs: readonly Need[] = []): string {
  const ancestors = needs.includes('embedding') ? '*' : "'none'";
  return written({ ...directives(needs), 'frame-ancestors': ancestors });
}

function written(policy: Record<string, string>): string {
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}

/** What browsers can do and no page here asks for. One that lacks a feature warns in its console, no more. */
const unused = [
  ...['accelerometer', 'bluetooth', 'browsing-topics', 'camera', 'clipboard-read'],
  ...['clipboard-write', 'compute-pressure', 'display-capture', 'encrypted-media', 'gamepad'],
  ...['geolocation', 'gyroscope', 'hid', 'identity-credentials-get', 'idle-detection'],
  ...['keyboard-map', 'local-fonts', 'magnetometer', 'microphone', 'midi', 'otp-credentials'],
  ...['payment', 'picture-in-picture', 'publickey-credentials-create', 'publickey-credentials-get'],
  ...['screen-wake-lock', 'serial', 'storage-access', 'sync-xhr', 'usb', 'web-share'],
  ...['window-management', 'xr-spatial-tracking'],
];

/** @param allowed who may play by itself and fill the screen */
function permissions(allowed: string): string {
  return [
    `autoplay=(${allowed})`,
    `fullscreen=(${allowed})`,
    ...unused.map((feature) => `${feature}=()`),
  ].join(', ');
}

/** What other sites may show or read: pictures of shared links, icons, the widget, the open data. */
const forOthers = ['api/*', 'widget/*', 'embed/*', 'cards/*', 'icon*', 'apple-touch-icon*'];

/** Files whose names carry a hash of what is in them: a changed file is another file. */
const hashed = ['_astro/*', 'workers/*', 'pagefind/fragment/*', 'pagefind/index/*'];

export const headerRules: HeaderRule[] = [
  {
    name: 'Content-Security-Policy',
    value: policyInHeader(),
    except: [
      // A worker goes by the policy it was served with, not by its page's.
      {
        paths: ['search/*', 'pagefind/*', 'verify/*', 'workers/*'],
        value: policyInHeader(['wasm']),
      },
      // Any guide may have a video; one that has none says so itself.
      { paths: ['guides/*'], value: policyInHeader(['video']) },
      { paths: ['embed/*'], value: policyInHeader(['embedding']) },
      { paths: ['widget/*'], value: policyInHeader(['frames']) },
    ],
  },
  // For browsers older than `frame-ancestors`.
  { name: 'X-Frame-Options', value: 'DENY', except: [{ paths: ['embed/*'], value: undefined }] },
  { name: 'X-Content-Type-Options', value: 'nosniff', except: [] },
  { name: 'Referrer-Policy', value: referrerPolicy, except: [] },
  {
    name: 'Permissions-Policy',
    value: permissions(''),
    except: [{ paths: ['guides/*'], value: permissions(`self "${videoSite}"`) }],
  },
  { name: 'Cross-Origin-Opener-Policy', value: 'same-origin', except: [] },
  {
    name: 'Cross-Origin-Resource-Policy',
    value: 'same-origin',
    except: [{ paths: forOthers, value: 'cross-origin' }],
  },
  {
    name: 'Access-Control-Allow-Origin',
    value: undefined,
    except: [{ paths: ['api/*', 'widget/*'], value: '*' }],
  },
  {
    name: 'Cache-Control',
    // Kept, but asked about each time: nobody sees yesterday's facts, and an unchanged page costs no download.
    value: 'no-cache',
    except: [{ paths: hashed, value: 'public, max-age=31536000, immutable' }],
  },
  // Without the names below ours, and without the browsers' own lists: those are their owner's to promise.
  {
    name: 'Strict-Transport-Security',
    value: 'max-age=31536000',
    except: [],
    onlyOverTls: true,
  },
];

/**
 * All headers of one answer over TLS.
 * @param path below the site's own, without a leading slash: "guides/ios-14/", "" for the home page
 */
export function headersOf(path: string): Record<string, string> {
  return Object.fromEntries(
    headerRules.flatMap(({ name, value, except }) => {
      const exception = except.find(({ paths }) => paths.some((pattern) => covers(pattern, path)));
      const own = exception ? exception.value : value;
      return own === undefined ? [] : [[name, own]];
    }),
  );
}

/** Whether a pattern of a rule holds for a path: the same, or all that begins with it, before a "*". */
export function covers(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}
