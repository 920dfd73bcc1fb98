/** What a visitor comes for, written once for every engine. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDocumentProxy } from 'unpdf';
import { makeBackup } from '../backup/makeBackup.ts';
import { removeFolder, temporaryFolder } from './program.ts';
import type { Visit } from './visit.ts';

export interface Errand {
  name: string;
  /** The visitor's browser is that of an iPhone. */
  onAnIPhone?: true;
  run: (visit: Visit) => Promise<void>;
}

const lookup = '#lookup-input';
const matches = '#lookup-list [role=option]';
const verdict = '#verdict-title';
const offeredInstead =
  'The iPhone 6s can run iOS 14, but Apple no longer offers it: you will get iOS 15.8.8 instead.';

export const errands: Errand[] = [
  {
    name: 'a misspelled name finds the device',
    run: async (visit) => {
      await lookUp(visit, 'ihpone 8');
      await visit.sees(matches, 'iPhone 8 2017');
    },
  },
  {
    name: 'an A-number finds the device',
    run: async (visit) => {
      await lookUp(visit, 'a1566');
      await visit.click(matches, 'iPad Air 2');
      await visit.sees(verdict, /you will get iPadOS 15\.8\.8 instead/);
    },
  },
  {
    name: 'the verdict says what Apple offers instead',
    run: async (visit) => {
      await lookUp(visit, '6s');
      await visit.click(matches, 'iPhone 6s');
      await visit.sees(verdict, offeredInstead);
      await hasAddress(visit, '?device=iphone-6s');
      await visit.choose('#release-input', '12');
      await visit.sees(verdict, /can run iOS 12/);
    },
  },
  {
    name: 'how long a backup takes is worked out from what is typed and chosen',
    run: async (visit) => {
      await visit.go('plan/');
      await visit.click('#estimate-used');
      await visit.type('40 GB');
      await visit.choose('#estimate-line', 'fiber');
      await visit.sees('#estimate-part-icloud', /at 18 to 200 Mbit\/s/);
      await visit.choose('#estimate-device', 'iphone-6s');
      await visit.sees('#estimate-part-update', /for iOS 15\.8\.8/);
    },
  },
  {
    name: 'the keyboard alone leads to a ticked step',
    run: async (visit) => {
      await visit.go('check/');
      await visit.tabTo(lookup);
      await visit.type('iphone 12');
      await visit.sees(matches, /iPhone 12/);
      await visit.press('ArrowDown', 'Enter');
      await visit.until('the verdict to have the focus', hasFocus, verdict);
      await visit.tabTo('#now-input');
      await visit.type('14.4');
      await visit.tabTo('input[name=computer]');
      await visit.press('Space');
      await visit.sees('.step-title', /./);
      await hasAddress(visit, '?device=iphone-12&now=14.4&computer=mac');
      await visit.tabTo('.step input', 'Charge it and join Wi-Fi');
      await visit.press('Space');
      await visit.sees('.plan', /1 of \d+ steps done\./);
    },
  },
  {
    name: 'answers are in the address, and Back takes them back',
    run: async (visit) => {
      await lookUp(visit, 'iphone 7');
      await visit.click(matches, 'iPhone 7');
      await visit.click('.choice', 'Windows');
      await hasAddress(visit, '?device=iphone-7&computer=windows');
      await visit.click('.choice', 'Linux');
      await hasAddress(visit, '?device=iphone-7&computer=linux');
      await visit.back();
      await visit.until('Windows to be the answer', isChecked, 'input[value=windows]');
      await visit.back();
      await hasAddress(visit, '?device=iphone-7');
      await visit.until('no computer to be the answer', isUnanswered, 'computer');
      await visit.back();
      await visit.until('the verdict to go', isGone, verdict);
      assert.equal(await visit.ask(valueOf, lookup), 'iphone 7');
    },
  },
  {
    name: 'a link opens the plan that somebody else made',
    run: async (visit) => {
      await visit.go('check/?device=iphone-6s&now=13.7&computer=old-mac&space=tight&uses=watch');
      await visit.sees(verdict, offeredInstead);
      assert.equal(await visit.ask(valueOf, '#now-input'), '13.7');
      for (const value of ['old-mac', 'tight', 'watch']) {
        await visit.until(`${value} to be answered`, isChecked, `input[value=${value}]`);
      }
      const steps = await visit.texts('.step-title');
      const backup = 'Back up to your Mac with iTunes';
      assert.ok(
        steps.some((step) => step.startsWith(backup)),
        steps.join('; '),
      );
    },
  },
  {
    name: 'a ticked step is ticked after a reload',
    run: async (visit) => {
      await visit.go('check/?device=iphone-6s&computer=mac');
      const step = 'Charge it and join Wi-Fi';
      await visit.click('.step-title', step);
      await visit.sees('.plan', /1 of \d+ steps done\./);
      await visit.reload();
      await visit.sees('.plan', /1 of \d+ steps done\./);
      await visit.click('.button-quiet', 'Clear my ticks');
      await visit.reload();
      await visit.sees('.step-title', /./);
      assert.equal(await visit.ask(() => document.querySelectorAll('.step :checked').length), 0);
    },
  },
  {
    name: 'the button prints',
    run: async (visit) => {
      await visit.go('check/?device=iphone-6s');
      await visit.ask(() => {
        window.print = () => {
          document.title = 'printed';
        };
      });
      await visit.click('.plan .button', 'Print it');
      await visit.until('the page to be printed', () => document.title === 'printed');
    },
  },
  {
    name: 'the paper has the verdict and every step',
    run: async (visit) => {
      await visit.go('check/?device=iphone-6s&computer=mac');
      await visit.sees(verdict, offeredInstead);
      const steps = (await visit.texts('.step-title')).map((step) =>
        step.replace(/ ?Recommended$/, ''),
      );
      assert.ok(steps.length > 5, `There are only ${steps.length} steps.`);
      const paper = await textOf(await visit.print());
      for (const text of [offeredInstead, ...steps]) {
        assert.ok(paper.includes(withoutSpaces(text)), `The paper lacks “${text}”: ${paper}`);
      }
    },
  },
  {
    name: 'on an iPhone there is a guess',
    onAnIPhone: true,
    run: async (visit) => {
      await visit.go('check/');
      await visit.sees('.guess h2', 'Is it the one you are holding?');
      const guesses = await visit.texts('.guess button');
      assert.ok(guesses.includes('iPhone SE (1st generation) 2016'), guesses.join('; '));
      assert.deepEqual(await visit.texts(verdict), []);
      await visit.click('.guess button', 'iPhone SE (1st generation)');
      await visit.sees(verdict, /iPhone SE \(1st generation\)/);
    },
  },
  {
    name: 'who does not type picks family, year and device',
    run: async (visit) => {
      await openChecker(visit);
      await visit.click('.picker summary', 'Choose from a list instead');
      await visit.choose('.picker label:nth-of-type(1) select', 'iPad');
      await visit.until('the years', () => document.querySelectorAll('.picker option').length > 8);
      await visit.choose('.picker label:nth-of-type(2) select', '2014');
      await visit.click('.picker .device-buttons button', 'iPad mini 3');
      await visit.sees(verdict, /iPad mini 3/);
    },
  },
  {
    name: 'a guide can be read',
    run: async (visit) => {
      await visit.go('guides/when-it-goes-wrong/');
      const [heading = ''] = await visit.texts('h1');
      assert.ok(heading.length > 10, `Its heading is “${heading}”.`);
      const [text = ''] = await visit.texts('main');
      assert.ok(text.split(' ').length > 500, `Only this can be read: ${text.slice(0, 200)}`);
      const { size, color, background } = await visit.ask(styleOfText);
      assert.ok(size >= 16, `Its text is ${size} px high.`);
      assert.notEqual(color, background);
      const here = await visit.ask(() => location.pathname);
      await visit.click('main a[href*="/guides/"]');
      await visit.until('another guide', (before) => location.pathname !== before, here);
    },
  },
  {
    name: 'the search finds something, or says why not',
    run: async (visit) => {
      await visit.go('search/');
      await visit.click('#search-input');
      await visit.type('error 4013');
      await visit.press('Enter');
      await visit.sees('#search-status', /found for “error 4013”|does not work in this browser/);
      const [status = ''] = await visit.texts('#search-status');
      const found = await visit.texts('#search-results > li');
      assert.equal(found.length > 0, status.includes('found for'), found.join('; '));
      const index = await visit.texts('main a[href*="/guides/"]');
      assert.ok(index.length >= 20, `The index has ${index.length} guides.`);
    },
  },
  {
    name: 'an encrypted backup is opened with its password and found whole',
    run: async (visit) => {
      await visit.go('verify/');
      await visit.until('the inspector to be ready', () =>
        document.documentElement.classList.contains('has-inspector'),
      );
      await visit.ask(giveFolder, encryptedBackup('Brot & Käse'));
      await visit.sees(verdict, 'We cannot tell yet whether this backup can be trusted.');
      await visit.click('#backup-password');
      await visit.type('Brot');
      await visit.press('Enter');
      await visit.sees(verdict, 'Do not update yet: this backup cannot be trusted.');
      // What was typed is still there, and selected.
      assert.equal(await visit.ask(valueOf, '#backup-password'), 'Brot');
      await visit.tabTo('#backup-password');
      await visit.type('Brot & Käse');
      await visit.press('Enter');
      await visit.sees(verdict, 'This backup is whole. You can update.');
      const evidence = (await visit.texts('.report tr')).join('; ');
      assert.match(evidence, /Opened for proof .*Health data/);
    },
  },
  {
    name: 'the widget that others show finds a device',
    run: async (visit) => {
      await visit.go('embed/?release=16&theme=dark');
      await visit.until('the widget to be ready', hasWidget);
      await visit.ask(focusWidget);
      await visit.type('ihpone 6s');
      await visit.until('a match', widgetSays, '[role=option]', 'iPhone 6s');
      await visit.press('ArrowDown', 'Enter');
      await visit.until('the verdict', widgetSays, verdict, 'too old for iOS 16');
      await visit.until('the dark theme', hasWidgetColor, 'rgb(20, 25, 28)');
      await visit.ask(() => {
        (document.querySelector('backup-first-lookup') as Element).setAttribute('theme', 'light');
      });
      await visit.until('the light theme', hasWidgetColor, 'rgb(253, 253, 251)');
    },
  },
  {
    name: 'nothing is wider than the smallest screen',
    run: async (visit) => {
      for (const path of widePages) {
        await visit.go(path);
        if (path.includes('device=')) await visit.sees(verdict, /./);
        assert.deepEqual(await visit.ask(tooWide), [], `On ${path}`);
      }
    },
  },
];

const widePages = [
  '',
  'check/?device=iphone-6s&now=nonsense&computer=mac&uses=watch',
  'checklist/',
  'guides/linux-backup/',
  'guides/when-it-goes-wrong/',
  'releases/ios-14/',
  'search/',
];

/** The files of a backup made an hour ago, by path, in Base64. */
function encryptedBackup(password: string): Record<string, string> {
  const folder = temporaryFolder();
  try {
    makeBackup(folder, { date: new Date(Date.now() - 3_600_000), encrypted: { password } });
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    return Object.fromEntries(
      files.map((path) => [
        path.slice(folder.length + 1).replace(/\\/g, '/'),
        readFileSync(path, 'base64'),
      ]),
    );
  } finally {
    removeFolder(folder);
  }
}

/** On an iPhone the guess comes by itself, a moment later, and moves what is below it. */
async function openChecker(visit: Visit): Promise<void> {
  await visit.go('check/');
  await visit.until('the checker to be ready', () => {
    const guesses =
      !navigator.userAgent.includes('iPhone') || document.querySelector('.guess') !== null;
    return document.documentElement.classList.contains('has-checker') && guesses;
  });
}

async function lookUp(visit: Visit, text: string): Promise<void> {
  await openChecker(visit);
  await visit.click(lookup);
  await visit.type(text);
}

async function hasAddress(visit: Visit, query: string): Promise<void> {
  await visit.until(`the address to end in ${query}`, (end) => location.search === end, query);
}

/** Engines part words on paper as they like. */
async function textOf(bytes: Uint8Array): Promise<string> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  let text = '';
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    text += items.map((item) => ('str' in item ? item.str : '')).join('');
  }
  return withoutSpaces(text);
}

function withoutSpaces(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}

/* The rest runs in the page, each function by itself, and is written for Chromium 69. */

/** As if the folder had been chosen: not every driver can, nor set the paths of files. */
function giveFolder(files: Record<string, string>): void {
  const list = Object.keys(files).map((path) => {
    const bytes = Uint8Array.from(atob(files[path] as string), (character) =>
      character.charCodeAt(0),
    );
    const file = new File([bytes], path.replace(/.*\//, ''));
    Object.defineProperty(file, 'webkitRelativePath', { value: `backup/${path}` });
    return file;
  });
  const input = document.querySelector('input[webkitdirectory]') as HTMLInputElement;
  Object.defineProperty(input, 'files', { value: list, configurable: true });
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

function hasWidget(): boolean {
  const { shadowRoot } = document.querySelector('backup-first-lookup') as Element;
  if (shadowRoot === null) return false;
  return shadowRoot.querySelector('input') !== null;
}

function focusWidget(): void {
  const { shadowRoot } = document.querySelector('backup-first-lookup') as Element;
  ((shadowRoot as ShadowRoot).querySelector('input') as HTMLElement).focus();
}

function widgetSays(selector: string, text: string): boolean {
  const { shadowRoot } = document.querySelector('backup-first-lookup') as Element;
  const found = (shadowRoot as ShadowRoot).querySelector(selector);
  if (found === null) return false;
  return found.textContent.includes(text);
}

function hasWidgetColor(color: string): boolean {
  const { shadowRoot } = document.querySelector('backup-first-lookup') as Element;
  const box = (shadowRoot as ShadowRoot).querySelector('.widget') as Element;
  return getComputedStyle(box).backgroundColor === color;
}

function hasFocus(selector: string): boolean {
  return document.activeElement === document.querySelector(selector);
}

function isChecked(selector: string): boolean {
  return document.querySelector(`${selector}:checked`) !== null;
}

function isUnanswered(name: string): boolean {
  const inputs = Array.from(document.querySelectorAll<HTMLInputElement>(`input[name=${name}]`));
  return inputs.length > 0 && inputs.every((input) => !input.checked);
}

function isGone(selector: string): boolean {
  return document.querySelector(selector) === null;
}

function valueOf(selector: string): string {
  const input = document.querySelector<HTMLInputElement>(selector);
  return input === null ? '' : input.value;
}

function styleOfText(): { size: number; color: string; background: string } {
  const { fontSize, color } = getComputedStyle(document.querySelector('main p') as Element);
  const { backgroundColor } = getComputedStyle(document.body);
  return { size: parseFloat(fontSize), color, background: backgroundColor };
}

/** What stands out of the window at the right, unless it lies in something that scrolls by itself. */
function tooWide(): string[] {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return Array.from(document.querySelectorAll('body *'))
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .map((element) => element.outerHTML.slice(0, 100));
}
