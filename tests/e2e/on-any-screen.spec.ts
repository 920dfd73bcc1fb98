import type { Page } from '@playwright/test';
import { guidesBesides, screens } from './screens.ts';
import { expect, lookUp, test, verdictOf } from './visit.ts';

/** Phones, either way up; a tablet; a laptop; and that laptop's window at 400% zoom. */
const sizes = [
  [320, 568], [568, 320], [390, 844], [844, 390], [768, 1024], [1280, 800], [320, 256],
] as const; // prettier-ignore

/** WCAG 1.4.12: what a visitor's own style may ask for at most. */
const wideSpacing = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }
`;
/** Twice the usual text, and the largest that iOS knows (Larger Accessibility Sizes). */
const rootSizes = { 'twice as large': '32px', 'as large as iOS can set it': '53px' };

async function expectNothingSideways(page: Page, when: string): Promise<void> {
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(wide, `${when}: pixels that stick out`).toBeLessThanOrEqual(0);
}

/** That no text is cut off by its box, and no two pieces of text lie upon each other. */
async function expectAllTextWhole(page: Page, when: string): Promise<void> {
  await expectNothingSideways(page, when);
  expect.soft(await page.evaluate(cutOff), `${when}: cut off`).toEqual([]);
  expect.soft(await page.evaluate(overlapping), `${when}: overlapping`).toEqual([]);
}

function cutOff(): string[] {
  // The text of a field scrolls in it, as it must.
  return Array.from(document.querySelectorAll<HTMLElement>('body :not(input):not(select)'))
    .filter((element) => {
      const { overflowX, overflowY, position, width } = getComputedStyle(element);
      // What only screen readers get is one pixel on purpose.
      if (position === 'absolute' && width === '1px') return false;
      const clips = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
      return (
        (clips(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
        (clips(overflowY) && element.scrollHeight > element.clientHeight + 1)
      );
    })
    .map((element) => element.outerHTML.slice(0, 80));
}

function overlapping(): string[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const lines: {
    text: string;
    box: { left: number; right: number; top: number; bottom: number };
  }[] = [];
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const holder = node.parentElement;
    if (
      !holder ||
      !node.textContent?.trim() ||
      holder.closest('.visually-hidden, script, select')
    ) {
      continue;
    }
    const frame = holder.closest('.table-frame, .lookup-list')?.getBoundingClientRect();
    range.selectNodeContents(node);
    for (const box of Array.from(range.getClientRects())) {
      lines.push({
        text: node.textContent.trim().slice(0, 40),
        // What is scrolled out of a frame is upon nothing.
        box: {
          left: Math.max(box.left, frame?.left ?? box.left),
          right: Math.min(box.right, frame?.right ?? box.right),
          top: Math.max(box.top, frame?.top ?? box.top),
          bottom: Math.min(box.bottom, frame?.bottom ?? box.bottom),
        },
      });
    }
  }
  lines.sort((a, b) => a.box.top - b.box.top);
  /** Boxes of letters reach a little beyond the letters. */
  const play = 4;
  return lines.flatMap((line, index) => {
    const found: string[] = [];
    for (const { text, box } of lines.slice(index + 1)) {
      if (box.top > line.box.bottom - play) break;
      const down = Math.min(line.box.bottom, box.bottom) - box.top;
      const across = Math.min(line.box.right, box.right) - Math.max(line.box.left, box.left);
      if (down > play && across > play) found.push(`“${line.text}” and “${text}”`);
    }
    return found;
  });
}

/** What can be pressed and is smaller than 44 by 44 pixels, with its size. */
function smallTargets(): string[] {
  /** A link amid the words of a sentence is as high as its line, which WCAG 2.5.8 excepts. */
  const isInSentence = (link: Element): boolean => {
    if (getComputedStyle(link).display !== 'inline') return false;
    let block = link.parentElement;
    while (block && getComputedStyle(block).display === 'inline') block = block.parentElement;
    if (!block) return false;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      let holder = node.parentElement;
      while (holder && getComputedStyle(holder).display === 'inline') holder = holder.parentElement;
      if (
        holder === block &&
        !link.contains(node) &&
        /[\p{L}\p{N}]/u.test(node.textContent ?? '')
      ) {
        return true;
      }
    }
    return false;
  };
  return Array.from(
    document.querySelectorAll('a[href], button, input, select, summary, [role=option]'),
  )
    .filter((element) => element.getClientRects().length > 0 && !isInSentence(element))
    .map((element) => {
      // A box to tick is pressed anywhere on its label.
      const target = element.matches('label input')
        ? (element.closest('label') ?? element)
        : element;
      // Of a link in lines, each line is pressed by itself.
      const boxes = Array.from(target.getClientRects());
      const width = Math.min(...boxes.map((box) => box.width));
      const height = Math.min(...boxes.map((box) => box.height));
      return { element, width, height };
    })
    .filter(({ width, height }) => width < 44 || height < 44)
    .map(({ element, width, height }) => `${width} × ${height}: ${element.outerHTML.slice(0, 90)}`);
}

for (const { name, open } of screens) {
  test(`${name} fits any screen, larger text, wider spacing and a finger`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 568 });
    await open(page);
    await page.evaluate(() => {
      for (const folded of Array.from(document.querySelectorAll('details'))) folded.open = true;
    });
    expect.soft(await page.evaluate(smallTargets), 'smaller than a finger').toEqual([]);
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      await expectNothingSideways(page, `at ${width} by ${height}`);
    }
    await page.setViewportSize({ width: 320, height: 568 });
    await expectAllTextWhole(page, 'as it comes');
    for (const [words, size] of Object.entries(rootSizes)) {
      await page.evaluate((value) => (document.documentElement.style.fontSize = value), size);
      await expectAllTextWhole(page, words);
    }
    await page.evaluate(() => document.documentElement.removeAttribute('style'));
    // As a reader's own style sheet would: the page's policy refuses a style element.
    await page.evaluate((css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets = [sheet];
    }, wideSpacing);
    await expectAllTextWhole(page, 'spaced widely');
  });
}

test('what can be pressed is large enough on every other guide as well', async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 320, height: 568 });
  for (const address of guidesBesides(screens)) {
    await page.goto(address);
    expect.soft(await page.evaluate(smallTargets), address).toEqual([]);
  }
});

for (const reducedMotion of ['no-preference', 'reduce'] as const) {
  test(`nothing moves, blinks or glides (${reducedMotion})`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ reducedMotion });
    for (const { name, open } of screens) {
      await open(page);
      const moving = await page.evaluate(() => [
        ...document.getAnimations().map((animation) => `animation ${animation.id}`),
        ...Array.from(document.querySelectorAll('*'))
          .filter((element) => {
            const style = getComputedStyle(element);
            // What the widget stands in for is not shown, and has no style at all.
            if (style.animationName === '') return false;
            return (
              style.animationName !== 'none' ||
              style.transitionDuration !== '0s' ||
              style.scrollBehavior === 'smooth'
            );
          })
          .map((element) => element.outerHTML.slice(0, 80)),
        ...Array.from(document.querySelectorAll('marquee, blink, [autoplay]')).map(String),
      ]);
      expect(moving, name).toEqual([]);
    }
  });
}

test('in the dark the page is dark, and the verdict readable', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/check/?device=iphone-6s');
  await expect(verdictOf(page)).toBeVisible();
  const [paper, ink] = await page.evaluate(() => {
    const style = getComputedStyle(document.body);
    return [style.backgroundColor, style.color].map((color) => Number(/\d+/.exec(color)?.[0]));
  });
  expect(paper).toBeLessThan(60);
  expect(ink).toBeGreaterThan(200);
});

test('in forced colors every drawing, mark and border takes the colors of the system', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  /** The colors of the system, as the page gets them. */
  const systemColors = (): Promise<string[]> =>
    page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      const names = ['Canvas', 'CanvasText', 'LinkText', 'ButtonFace', 'ButtonText', 'Mark', 'MarkText', 'Field', 'FieldText', 'Highlight', 'HighlightText', 'GrayText', 'ButtonBorder']; // prettier-ignore
      const colors = names.map((name) => {
        probe.style.color = name;
        return getComputedStyle(probe).color;
      });
      probe.remove();
      return colors;
    });
  for (const address of [
    '/guides/which-model/',
    '/guides/finder-backup/',
    '/guides/when-it-goes-wrong/',
  ]) {
    await page.goto(address);
    const known = await systemColors();
    const drawn = await page.locator('svg *').evaluateAll((shapes) =>
      shapes.flatMap((shape) => {
        const { fill, stroke } = getComputedStyle(shape);
        return [fill, stroke].filter((color) => color !== 'none');
      }),
    );
    expect(drawn.length).toBeGreaterThan(10);
    expect(
      drawn.filter((color) => !known.includes(color)),
      address,
    ).toEqual([]);
  }
  await lookUp(page, 'iphone se');
  await page.keyboard.press('ArrowDown');
  const [marked, plain] = await page
    .getByRole('option')
    .evaluateAll((options) => options.map((option) => getComputedStyle(option).outlineStyle));
  expect([marked, plain]).toEqual(['solid', 'none']);
});
