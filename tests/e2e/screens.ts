/**
 * One of every kind of screen, for what must hold on all of them. The pages are found in the build,
 * so that a new page cannot be forgotten; of those made from one template, two or three stand for
 * the rest.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeBackup } from '../backup/makeBackup.ts';
import { expect, lookUp, verdictOf } from './visit.ts';
import type { Page } from '@playwright/test';

export interface Screen {
  name: string;
  /** Brings the page to the state in question. */
  open: (page: Page) => Promise<void>;
}

/** Templates with many pages, and those of them that hold everything the template can. */
const standIns: Record<string, string[]> = {
  'guides/': [
    'ios-14',
    'when-it-goes-wrong',
    'finder-backup',
    'linux-backup',
    'which-backup',
    'which-model',
  ],
  'releases/': ['ios-14', 'ios-26', 'ipados-14'],
  // One that is offered something; one whose variants differ; one with a note and without iCloud.
  'devices/': ['iphone-6s', 'ipad-3rd-generation', 'iphone-1st-generation'],
};

const plan =
  '/check/?device=iphone-6s&now=nonsense&computer=mac&icloud=not-enough&uses=watch,whatsapp';

/** Every page of the build, as a file below dist; without the one for frames, which has nothing around it. */
export function builtFiles(): string[] {
  return readdirSync('dist', { recursive: true, encoding: 'utf8' })
    .map((file) => file.replace(/\\/g, '/'))
    .filter((file) => file.endsWith('.html') && !file.startsWith('embed/'))
    .sort();
}

/** The address of every built page; of a template with stand-ins, theirs alone. */
function builtPages(): string[] {
  return builtFiles()
    .map((file) => `/${file.replace(/index\.html$/, '')}`)
    .filter((address) => {
      const [, folder = '', name = ''] = /^\/([^/]+\/)([^/]+)\/$/.exec(address) ?? [];
      return name === '' || (standIns[folder]?.includes(name) ?? true);
    });
}

/** The guides that no screen stands for by itself. */
export function guidesBesides(shown: readonly Screen[]): string[] {
  return builtFiles()
    .filter((file) => /^guides\/.+\/index\.html$/.test(file))
    .map((file) => `/${file.replace('index.html', '')}`)
    .filter((address) => !shown.some(({ name }) => name === address));
}

export const screens: Screen[] = [
  ...builtPages().map((address) => ({
    name: address,
    open: async (page: Page) => {
      await page.goto(address);
    },
  })),
  {
    name: 'the checker with its list of matches open',
    open: async (page) => {
      await lookUp(page, 'iphone');
      await page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'the checker with its two folded parts open',
    open: async (page) => {
      await page.goto('/check/');
      await page.getByText('Choose from a list instead').click();
      await page.getByLabel('Family').selectOption('iPad');
      await page.getByLabel('Year it came out').selectOption('2014');
      await page.getByText('Where do I find the model?').click();
      await expect(page.getByRole('button', { name: 'iPad Air 2' })).toBeVisible();
    },
  },
  {
    name: 'the checker with a device, a plan and an answer it cannot read',
    open: async (page) => {
      await page.goto(plan);
      await expect(verdictOf(page)).toBeVisible();
      await page.getByRole('checkbox', { name: 'Charge it and join Wi-Fi' }).check();
    },
  },
  {
    name: 'the estimate with every way, the sums, and a speed it cannot read',
    open: async (page) => {
      await page.goto(
        '/plan/?device=iphone-6s&used=40%20GB&photos=on-device&line=cable&up=nonsense&plan=50gb&taken=20&computer=mac&room=100%20GB',
      );
      await expect(page.getByRole('heading', { name: 'What to do tonight' })).toBeVisible();
    },
  },
  {
    name: 'the inspector with a damaged backup whose password is wanted, then given',
    open: async (page) => {
      const folder = mkdtempSync(join(tmpdir(), 'backup-'));
      const password = 'secret';
      makeBackup(folder, { encrypted: { password }, digests: true }, [{ kind: 'missing' }]);
      await page.goto('/verify/');
      await page.locator('input[webkitdirectory]').setInputFiles(folder);
      await page.getByLabel('The password of this backup').fill(password);
      await page.keyboard.press('Enter');
      await expect(verdictOf(page)).toContainText('Do not update yet');
      await page.getByText('Which').first().click();
      rmSync(folder, { recursive: true });
    },
  },
  {
    name: 'search results',
    open: async (page) => {
      await page.goto('/search/?q=error 4013');
      await expect(page.locator('#search-results > li').first()).toBeVisible();
    },
  },
  {
    name: 'a guide with its contents open',
    open: async (page) => {
      await page.goto('/guides/when-it-goes-wrong/');
      await page.getByText('On this page').click();
    },
  },
];
