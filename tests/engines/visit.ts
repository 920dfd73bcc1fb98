/** A visitor at a page: what one sees, types and presses, the same in every engine. */
import { setTimeout as pause } from 'node:timers/promises';
import { Skipped, type Character, type Key, type Page, type Site } from './browser.ts';
import { wrongKey } from './site.ts';

/** Seconds to wait for what should happen; generous, as the machine may be busy. */
const patience = 15;

export interface Visit {
  /** @param path below the site's root: "check/" */
  go: (path: string) => Promise<void>;
  reload: () => Promise<void>;
  back: () => Promise<void>;
  type: (text: string) => Promise<void>;
  press: (...keys: Key[]) => Promise<void>;
  /** Presses the first visible element whose text begins so, once it stands still. */
  click: (selector: string, text?: string) => Promise<void>;
  /** Presses Tab until the element has the focus. */
  tabTo: (selector: string, text?: string) => Promise<void>;
  /** Takes an option of a select, as its menu does, which no driver can open everywhere. */
  choose: (selector: string, value: string) => Promise<void>;
  /** The texts of the visible elements. */
  texts: (selector: string) => Promise<string[]>;
  /** Waits until the first visible element's text is this, or has it. */
  sees: (selector: string, text: string | RegExp) => Promise<void>;
  /** Waits until this is true in the page. The function runs there, in browsers of 2018 too. */
  until: <Given extends unknown[]>(
    what: string,
    isTrue: (...given: Given) => boolean,
    ...given: Given
  ) => Promise<void>;
  /** Runs in the page, in browsers of 2018 too. */
  ask: <Given extends unknown[], Answer>(
    question: (...given: Given) => Answer,
    ...given: Given
  ) => Promise<Answer>;
  /** @throws {Skipped} where the engine's driver cannot print */
  print: () => Promise<Uint8Array>;
  /** What went wrong in the console and the scripts until now. */
  errors: () => Promise<string[]>;
}

export function visitWith(page: Page, site: Site): Visit {
  const root = page.errors ? site.address : site.listeningAddress;
  const ask: Visit['ask'] = async (question, ...given) => {
    const values = given.map((value) => JSON.stringify(value) as string | undefined);
    const answer = await page.evaluate(
      `JSON.stringify([(${String(question)})(${values.map((value) => value ?? 'undefined').join()})])`,
    );
    return (JSON.parse(answer) as [never])[0];
  };
  const until: Visit['until'] = async (what, isTrue, ...given) => {
    await waitFor(what, async () => ((await ask(isTrue, ...given)) ? true : null));
  };
  const visit: Visit = {
    ask,
    until,
    go: (path) => page.go(root + path),
    reload: async () => page.go(await ask(() => location.href)),
    back: () => ask(() => history.back()),
    type: (text) => page.press(Array.from(text) as Character[]),
    press: (...keys) => page.press(keys),
    click: async (selector, text) => {
      const what = text === undefined ? selector : `${selector} with “${text}”`;
      let last = '';
      let timesSame = 0;
      const point = await waitFor(`${what} to press`, async () => {
        const now = await ask(pressablePoint, selector, text);
        timesSame = JSON.stringify(now) === last ? timesSame + 1 : 0;
        last = JSON.stringify(now);
        return timesSame >= 2 ? now : null;
      });
      await page.clickAt(point);
    },
    tabTo: async (selector, text) => {
      const mostPresses = 80;
      for (let presses = 0; presses < mostPresses; presses += 1) {
        await page.press(['Tab']);
        if (await ask(hasFocus, selector, text)) return;
      }
      throw new Error(`${mostPresses} times Tab did not lead to ${selector} ${text ?? ''}.`);
    },
    choose: (selector, value) => ask(takeOption, selector, value),
    texts: (selector) => ask(visibleTexts, selector),
    sees: async (selector, text) => {
      let last = 'nothing';
      await waitFor(
        `${selector} to say ${String(text)}`,
        async () => {
          last = (await ask(visibleTexts, selector))[0] ?? 'nothing';
          const isSeen = typeof text === 'string' ? last === text : text.test(last);
          return isSeen ? true : null;
        },
        () => `It says: ${last}`,
      );
    },
    print: () => {
      if (page.print) return page.print();
      throw new Skipped('its driver has no printing to a file');
    },
    errors: async () => {
      const errors = page.errors ? page.errors() : await ask(keptErrors, wrongKey);
      return Array.from(new Set(errors));
    },
  };
  return visit;
}

/** Asks until there is an answer, not null; a page on its way to another cannot answer for a moment. */
async function waitFor<T>(
  what: string,
  answer: () => Promise<T | null>,
  instead: () => string = () => '',
): Promise<T> {
  const end = Date.now() + patience * 1000;
  let failure = '';
  while (Date.now() < end) {
    try {
      const value = await answer();
      if (value !== null) return value;
      failure = '';
    } catch (error) {
      failure = String(error);
    }
    await pause(50);
  }
  throw new Error(`Waited ${patience} s for ${what}. ${instead()}${failure}`);
}

/* The rest runs in the page, each function by itself, and is written for Chromium 69. */

function visibleTexts(selector: string): string[] {
  return Array.from(document.querySelectorAll<HTMLElement>(selector))
    .filter((element) => element.getClientRects().length > 0)
    .map((element) => element.innerText.replace(/\s+/g, ' ').trim());
}

/** The middle of the element, in view; nothing may cover it. */
function pressablePoint(selector: string, text?: string): { x: number; y: number } | null {
  const element = Array.from(document.querySelectorAll<HTMLElement>(selector)).filter(
    (one) =>
      one.getClientRects().length > 0 &&
      (text === undefined || one.innerText.replace(/\s+/g, ' ').trim().startsWith(text)),
  )[0];
  if (element === undefined) return null;
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  const box = element.getClientRects()[0] as DOMRect;
  const x = box.left + box.width / 2;
  const y = box.top + box.height / 2;
  const onTop = document.elementFromPoint(x, y);
  if (onTop === null || !(element.contains(onTop) || onTop.contains(element))) {
    throw new Error(`it lies under ${onTop === null ? 'the edge' : onTop.outerHTML.slice(0, 80)}`);
  }
  return { x, y };
}

function hasFocus(selector: string, text?: string): boolean {
  const focused = document.activeElement as HTMLElement;
  const label = focused.closest('label');
  const name = label === null ? focused.innerText : label.innerText;
  return focused.matches(selector) && (text === undefined || name.trim() === text);
}

function takeOption(selector: string, value: string): void {
  const select = document.querySelector<HTMLSelectElement>(selector);
  if (select === null) throw new Error(`There is no ${selector}.`);
  select.value = value;
  if (select.value !== value) throw new Error(`${selector} has no option ${value}.`);
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

function keptErrors(key: string): string[] {
  const kept = sessionStorage.getItem(key);
  return kept === null ? [] : (JSON.parse(kept) as string[]);
}
