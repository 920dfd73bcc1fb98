/** Turns what one of our pages says into the Markdown that somebody would have written instead. */
import { HTMLElement, NodeType, parse, type Node } from 'node-html-parser';

export interface WrittenPage {
  title: string;
  description: string;
  markdown: string;
  /** Words the page says, without those another generator adds by itself. */
  words: string[];
}

/**
 * What a documentation theme makes by itself, and what says nothing in words. Leaving the former
 * out favors the theme: its own list of headings and trail are not counted as our text.
 */
const leftOut = 'nav, .contents, .trail, svg, script, style, select, input, [hidden]';

/** The parser takes what is in `pre` for text unless told otherwise. */
export const parsing = { blockTextElements: { script: true, style: true } };

const blocks = new Set(
  'address article aside blockquote details dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header label legend li main nav ol p pre section summary table ul'.split(
    ' ',
  ),
);

/** @param html one of our built pages */
export function writtenPage(html: string): WrittenPage {
  const page = parse(html, parsing);
  const main = page.querySelector('main');
  const heading = main?.querySelector('h1');
  if (!main || !heading) throw new Error('The page has no main part with a heading to take over.');
  const title = heading.text.replace(/\s+/g, ' ').trim();
  heading.remove();
  for (const element of main.querySelectorAll(leftOut)) element.remove();
  return {
    title,
    description: page.querySelector('meta[name=description]')?.getAttribute('content') ?? '',
    markdown: `${blocksOf(main).join('\n\n')}\n`,
    words: wordsOf(`${title} ${spacedText(main)}`),
  };
}

/** Letters and digits alone, in order: what remains the same however a page is marked up. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The text of an element, with a space where one block ends and the next starts. */
export function spacedText(node: Node): string {
  if (node.nodeType === NodeType.TEXT_NODE) return node.text;
  const text = node.childNodes.map(spacedText).join('');
  return node instanceof HTMLElement && isSpaced(node) ? ` ${text} ` : text;
}

function isSpaced({ rawTagName }: HTMLElement): boolean {
  return blocks.has(rawTagName) || ['td', 'th', 'tr', 'br', 'button'].includes(rawTagName);
}

/** An element's blocks, and the text between them as paragraphs. */
function blocksOf(parent: HTMLElement): string[] {
  const made: string[] = [];
  let loose: Node[] = [];
  const endParagraph = (): void => {
    const text = loose.map(inline).join('').replace(/\s+/g, ' ').trim();
    if (text !== '') made.push(startsNoBlock(text));
    loose = [];
  };
  for (const child of parent.childNodes) {
    if (child instanceof HTMLElement && holdsBlocks(child)) {
      endParagraph();
      made.push(...blockOf(child));
    } else {
      loose.push(child);
    }
  }
  endParagraph();
  return made;
}

function holdsBlocks(element: HTMLElement): boolean {
  return (
    blocks.has(element.rawTagName) ||
    element.childNodes.some((child) => child instanceof HTMLElement && holdsBlocks(child))
  );
}

function blockOf(element: HTMLElement): string[] {
  const name = element.rawTagName;
  if (/^h[2-6]$/.test(name)) return [`${'#'.repeat(Number(name[1]))} ${oneLine(element)}`];
  if (name === 'pre') return [codeOf(element)];
  if (name === 'table') return [tableOf(element)];
  if (name === 'ul' || name === 'ol') return [listOf(element)];
  if (name === 'blockquote' || name === 'aside') {
    return [indented(blocksOf(element).join('\n\n'), '> ')];
  }
  if (name === 'summary' || name === 'dt') return [`**${oneLine(element)}**`];
  return blocksOf(element);
}

function codeOf(element: HTMLElement): string {
  const code = element.querySelector('code')?.getAttribute('class') ?? '';
  return `\`\`\`${code.replace('language-', '')}\n${element.text.trim()}\n\`\`\``;
}

function listOf(list: HTMLElement): string {
  return list.childNodes
    .filter((child) => child instanceof HTMLElement)
    .map((item, index) => {
      const mark = list.rawTagName === 'ol' ? `${index + 1}. ` : '- ';
      return mark + indented(blocksOf(item).join('\n\n'), ' '.repeat(mark.length)).trimStart();
    })
    .join('\n');
}

function tableOf(table: HTMLElement): string {
  const rows = table
    .querySelectorAll('tr')
    .map((row) =>
      row.querySelectorAll('th, td').map((cell) => oneLine(cell).replace(/\|/g, '\\|')),
    );
  const [head = [], ...body] = rows;
  const written = [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`);
  const caption = table.querySelector('caption');
  return [...(caption ? [oneLine(caption), ''] : []), ...written].join('\n');
}

function oneLine(element: HTMLElement): string {
  return element.childNodes.map(inline).join('').replace(/\s+/g, ' ').trim();
}

function inline(node: Node): string {
  if (node.nodeType === NodeType.TEXT_NODE) return escaped(node.text);
  if (!(node instanceof HTMLElement)) return '';
  const inside = node.childNodes.map(inline).join('');
  const text = inside.trim();
  if (text === '') return inside;
  const around = (mark: string): string =>
    `${/^\s/.test(inside) ? ' ' : ''}${mark}${text}${mark}${/\s$/.test(inside) ? ' ' : ''}`;
  switch (node.rawTagName) {
    case 'a':
      return `[${text}](<${node.getAttribute('href') ?? ''}>)`;
    case 'b':
    case 'strong':
      return around('**');
    case 'em':
    case 'i':
      return around('_');
    case 'code':
    case 'kbd':
      return `\`${node.text.replace(/`/g, '')}\``;
    case 'button':
      return ` ${inside} `;
    default:
      return isSpaced(node) ? ` ${inside} ` : inside;
  }
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~$]/g, '\\$&').replace(/&/g, '&amp;');
}

/** "1. " or "- " at the start of a paragraph would make a list of it. */
function startsNoBlock(text: string): string {
  return text.replace(/^(\d+)([.)])(?=\s)/, '$1\\$2').replace(/^([-+])(?=\s)/, '\\$1');
}

function indented(text: string, by: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' && by.trim() === '' ? '' : `${by}${line}`))
    .join('\n');
}
