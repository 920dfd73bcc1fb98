/** As much of css-tree as the check of the floor uses: it comes without types. */
declare module 'css-tree' {
  /** A node of any type, with the fields that some types have. */
  export interface CssNode {
    type: string;
    name?: string | CssNode;
    property?: string;
    value?: CssNode | string;
    unit?: string;
    prelude?: CssNode | null;
    block?: CssNode | null;
    flags?: string | null;
    children?: CssNode[];
  }
  interface ParseOptions {
    context?: 'stylesheet' | 'declarationList';
    parseCustomProperty?: boolean;
    onParseError?: (error: Error) => void;
  }
  export function parse(text: string, options?: ParseOptions): object;
  export function toPlainObject(ast: object): CssNode;
  export function generate(node: object): string;
}
