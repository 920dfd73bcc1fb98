/**
 * The oldest browsers in which everything works; older ones read everything. Read by the build
 * (astro.config.mjs), by the search's build and by the check of the floor.
 */

export interface Browser {
  /** As people call it, for messages. */
  name: string;
  /** Its key in MDN's browser-compat-data. */
  mdn: 'safari' | 'safari_ios' | 'chrome' | 'firefox';
  /** As Vite and esbuild call it, without the version. */
  target: 'safari' | 'ios' | 'chrome' | 'firefox';
  version: string;
}

export const browsers: Browser[] = [
  { name: 'Safari', mdn: 'safari', target: 'safari', version: '12.1' },
  { name: 'iOS Safari', mdn: 'safari_ios', target: 'ios', version: '12.2' },
  { name: 'Chrome', mdn: 'chrome', target: 'chrome', version: '70' },
  { name: 'Firefox', mdn: 'firefox', target: 'firefox', version: '68' },
];

/** The floor as a build target of Vite and esbuild. */
export const buildTarget: string[] = browsers.map(({ target, version }) => target + version);
