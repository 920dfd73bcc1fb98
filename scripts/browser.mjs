/** Finds a Chromium to test with, so that set-up and the tests agree on which one. */
import { existsSync } from 'node:fs';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The environment's BROWSER_PATH, else Playwright's own, else one installed on the system.
 * @returns {Promise<string | undefined>} the path of its program
 */
export async function findBrowser() {
  if (process.env.BROWSER_PATH) return findSystemBrowser();
  const { chromium } = await import('@playwright/test');
  return [chromium.executablePath()].find((place) => existsSync(place)) ?? findSystemBrowser();
}

/**
 * The same without Playwright's, for when no package is installed yet.
 * @returns {string | undefined} the path of its program
 */
export function findSystemBrowser() {
  const named = process.env.BROWSER_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`BROWSER_PATH names ${named}, and there is no such file.`);
  }
  return usualPlaces.find((place) => existsSync(place));
}
