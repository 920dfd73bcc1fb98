/**
 * The service worker: what a visitor needs to read, to look up and to tick works without a
 * connection after one visit.
 *
 * Pages come from the network where there is one, so nobody is stranded on an old version; their
 * styles and scripts have a hash of their content in the name, so a page can only ever get its own.
 * See docs/decisions/0007-offline.md.
 */
/// <reference lib="webworker" />
import './allSettled.ts';
import { cacheNames, clientsClaim, type WorkboxPlugin } from 'workbox-core';
import { PrecacheController } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { NetworkFirst } from 'workbox-strategies';

declare const self: ServiceWorkerGlobalScope;
/** Every file to keep, relative to this script, with the hash that it must have. */
declare const FILES_TO_KEEP: { url: string; revision: string | null; integrity: string }[];
/** Differs between any two builds that differ. */
declare const BUILD: string;

const scope = new URL(self.registration.scope).pathname;
/** Another site of this project may live on the same host, below another path. */
const visitedPrefix = `visited ${scope} `;
const visitedPages = visitedPrefix + BUILD;
/** Styles and scripts of the build before this one: a page of it may still be open. */
const formerAssets = `former assets ${scope}`;
/** Seconds to wait for the network while there is a saved copy. */
const patience = 4;

const saved = new PrecacheController();
saved.addToCacheList(FILES_TO_KEEP);

self.addEventListener('install', (event) => {
  void saved.install(event);
  event.waitUntil(keepFormerAssets());
  // Safe at any moment: a page that is open finds its own files under their own names.
  void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  void saved.activate(event);
  event.waitUntil(Promise.all([forgetFormerVisits(), keepOpenPages()]));
});

clientsClaim();

registerRoute(
  ({ request, sameOrigin }) => sameOrigin && request.mode === 'navigate',
  new NetworkFirst({
    cacheName: visitedPages,
    networkTimeoutSeconds: patience,
    plugins: [pagesOfThisSite()],
  }),
);

registerRoute(
  ({ url, sameOrigin }) =>
    sameOrigin && (isAsset(url) || saved.getCacheKeyForURL(url.href) !== undefined),
  async ({ url, request }) => {
    const kept =
      (await saved.matchPrecache(url.href)) ?? (await caches.match(request, { ignoreVary: true }));
    if (kept) return kept;
    const response = await fetch(request);
    if (response.ok && isAsset(url)) {
      const visited = await caches.open(visitedPages);
      await visited.put(request, response.clone());
    }
    return response;
  },
);

function pagesOfThisSite(): WorkboxPlugin {
  return {
    // A page's answers are in its address: it is one page whatever they are.
    cacheKeyWillBeUsed: ({ request }) => Promise.resolve(withoutQuery(request)),
    fetchDidSucceed: ({ response }) => {
      if (response.status >= 500) throw new Error(`The server failed: ${response.status}`);
      return Promise.resolve(response);
    },
    // What is saved as a whole build stays one; only other pages are added to it.
    cacheWillUpdate: ({ request, response }) =>
      Promise.resolve(
        response.status === 200 && !saved.getCacheKeyForURL(withoutQuery(request))
          ? response
          : null,
      ),
    cachedResponseWillBeUsed: async ({ request, cachedResponse }) =>
      (await saved.matchPrecache(withoutQuery(request))) ?? cachedResponse,
    handlerDidError: () => saved.matchPrecache(`${scope}offline/`),
  };
}

function withoutQuery({ url }: { url: string }): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

function isAsset({ pathname }: URL): boolean {
  return pathname.startsWith(`${scope}_astro/`);
}

async function keepFormerAssets(): Promise<void> {
  const present = await caches.open(cacheNames.precache);
  const requests = (await present.keys()).filter(
    ({ url }) => isAsset(new URL(url)) && !saved.getCacheKeyForURL(url),
  );
  if (requests.length === 0) return;
  await caches.delete(formerAssets);
  const former = await caches.open(formerAssets);
  for (const request of requests) {
    const response = await present.match(request);
    if (response) await former.put(request, response);
  }
}

async function forgetFormerVisits(): Promise<void> {
  const names = await caches.keys();
  const former = names.filter((name) => name.startsWith(visitedPrefix) && name !== visitedPages);
  await Promise.all(former.map((name) => caches.delete(name)));
}

/** The page that brought this script along was loaded before it could be kept. */
async function keepOpenPages(): Promise<void> {
  const visited = await caches.open(visitedPages);
  const open = await self.clients.matchAll({ includeUncontrolled: true, type: 'window' });
  const addresses = open.map(withoutQuery).filter((url) => !saved.getCacheKeyForURL(url));
  // One that is gone, or does not answer, is simply not kept.
  await Promise.all(addresses.map((url) => visited.add(url).catch(() => undefined)));
}
