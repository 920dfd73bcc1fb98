/** Our site and a Starlight site with the same text, both built from the sources and served. */
import { join } from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';
import { buildFromNothing, copyOfProject } from './copies.ts';
import { ensurePackages } from './programs.ts';
import { ports, serve, type Served } from './server.ts';
import { buildStarlight } from './starlight.ts';

/** One page of each kind; the guide is the one nearest to the middle of all guides by weight. */
export const pageTypes = [
  { name: 'home', path: '/' },
  { name: 'guide', path: '/guides/finder-backup/' },
  { name: 'heaviest guide', path: '/guides/when-it-goes-wrong/' },
  { name: 'guides, contents', path: '/guides/' },
  { name: 'checker', path: '/check/' },
  { name: 'release', path: '/releases/ios-14/' },
  { name: 'checklist', path: '/checklist/' },
  { name: 'about', path: '/about/' },
] as const;

/** The screen of an iPhone 6s. */
export const smallPhone = {
  viewport: { width: 375, height: 667 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

export interface Site extends Served {
  /** The folder it was built to. */
  folder: string;
}

/** Builds our site as `npm run build` does, for the address it is about to be served at. */
export async function withOurSite<Result>(use: (ours: Site) => Promise<Result>): Promise<Result> {
  const copy = copyOfProject();
  try {
    console.log('Building our site…');
    const environment = { SITE_URL: `http://localhost:${ports.ours}`, BASE_PATH: '/' };
    for (const { command, ran } of await buildFromNothing(copy.folder, { environment })) {
      if (ran.status !== 0) throw new Error(`“${command}” failed:\n${ran.said}`);
    }
    const folder = join(copy.folder, 'dist');
    return await serving(folder, ports.ours, use);
  } finally {
    copy.remove();
  }
}

export async function withBothSites<Result>(
  use: (ours: Site, starlight: Site) => Promise<Result>,
): Promise<Result> {
  await ensurePackages();
  return withOurSite(async (ours) => {
    console.log('Building the Starlight site with the same text…');
    const address = `http://localhost:${ports.starlight}`;
    const { folder } = await buildStarlight(ours.folder, address);
    return serving(folder, ports.starlight, (starlight) => use(ours, starlight));
  });
}

async function serving<Result>(
  folder: string,
  port: number,
  use: (site: Site) => Promise<Result>,
): Promise<Result> {
  const served = await serve(folder, port);
  try {
    return await use({ ...served, folder });
  } finally {
    await served.close();
  }
}

/** The Chromium that the tests use, without what it does in the background. */
export async function withBrowser<Result>(
  use: (browser: Browser) => Promise<Result>,
  further: string[] = [],
): Promise<Result> {
  const executablePath = await findBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...further,
    ],
  });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}
