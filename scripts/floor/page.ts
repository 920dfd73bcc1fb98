import { defaultTreeAdapter, parse, type DefaultTreeAdapterTypes } from 'parse5';
import { browsers as floor } from './browsers.ts';
import { checkScript } from './javascript.ts';
import type { Problem } from './problem.ts';
import { checkDeclarations, checkStyles } from './styles.ts';
import { childOf, featureAt, lacking } from './support.ts';

type Element = DefaultTreeAdapterTypes.Element;

/**
 * Elements, attributes and their values in a page that a browser of the floor lacks, and all that
 * `checkScript` and `checkStyles` find in its inline scripts, styles and style attributes.
 */
export function checkPage(file: string, text: string): Problem[] {
  return elementsIn(parse(text, { scriptingEnabled: false })).flatMap((element) => [
    ...checkMarkup(file, element),
    ...checkInside(file, element),
  ]);
}

function checkMarkup(file: string, element: Element): Problem[] {
  const { tagName: tag } = element;
  const inSvg = element.namespaceURI.endsWith('/svg');
  const language = inSvg ? 'svg' : 'html';
  const own = featureAt(language, 'elements', tag);
  const found = [
    {
      construct: `<${tag}>`,
      // A custom element is the site's own.
      browsers: own || inSvg || tag.includes('-') ? lacking([own]) : floor,
    },
    // What the data says of the attributes of pictures is not to be relied on.
    ...(inSvg ? [] : element.attrs).flatMap(({ name, value }) => {
      const attribute = childOf(own, name) ?? featureAt('html/global_attributes', name);
      // `type_search` of an input, `module` of a script's type, `preload` of a link's rel.
      const values = value.toLowerCase().split(/\s+/);
      return [
        { construct: `<${tag} ${name}>`, browsers: lacking([attribute]) },
        ...values.map((word) => ({
          construct: `<${tag} ${name}="${word}">`,
          browsers: lacking([childOf(attribute, word) ?? childOf(own, `${name}_${word}`)]),
        })),
      ];
    }),
  ];
  return found
    .filter(({ browsers }) => browsers.length > 0)
    .map(({ construct, browsers }) => ({
      file,
      construct,
      browsers,
      advice: 'write it otherwise, or declare why nothing is lost without it.',
    }));
}

function checkInside(file: string, element: Element): Problem[] {
  const attribute = (name: string): string | undefined =>
    element.attrs.filter((one) => one.name === name)[0]?.value;
  const style = attribute('style');
  return [
    ...(element.tagName === 'script' && isScript(attribute('type'))
      ? checkScript(file, textOf(element))
      : []),
    ...(element.tagName === 'style' ? checkStyles(file, textOf(element)) : []),
    ...(style === undefined ? [] : checkDeclarations(file, style)),
  ];
}

/** Not a block of data, such as `application/ld+json`. */
function isScript(type: string | undefined): boolean {
  return type === undefined || /^(|module|(text|application)\/(java|ecma)script)$/i.test(type);
}

function textOf(element: Element): string {
  return element.childNodes
    .map((child) => (defaultTreeAdapter.isTextNode(child) ? child.value : ''))
    .join('');
}

function elementsIn(node: DefaultTreeAdapterTypes.Node): Element[] {
  const children =
    'content' in node ? node.content.childNodes : 'childNodes' in node ? node.childNodes : [];
  return [
    ...(defaultTreeAdapter.isElementNode(node) ? [node] : []),
    ...children.flatMap(elementsIn),
  ];
}
