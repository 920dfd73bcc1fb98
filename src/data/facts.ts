/**
 * The facts, put together from their small files. The build has validated them against
 * `schema.ts` before this module is ever loaded, so the browser need not carry the validator.
 */
import about from './about.json';
import type { Device, Facts, Release } from './schema.ts';

const deviceFiles = import.meta.glob<Device>('./devices/**/*.json', {
  eager: true,
  import: 'default',
});
const releaseFiles = import.meta.glob<Release>('./releases/*.json', {
  eager: true,
  import: 'default',
});

/** Devices newest first; releases newest first, iOS before iPadOS of the same major. */
export const facts: Facts = {
  about: about,
  devices: Object.keys(deviceFiles)
    .map((file) => deviceFiles[file] as Device)
    .sort((a, b) => b.released.localeCompare(a.released) || a.id.localeCompare(b.id)),
  releases: Object.keys(releaseFiles)
    .map((file) => releaseFiles[file] as Release)
    .sort((a, b) => b.major - a.major || a.os.localeCompare(b.os)),
};
