import type { AnyNode, Expression, SpreadElement } from 'acorn';
import { regexFeatures, regexFeaturesInPiece, type RegexFeature } from './regularExpressions.ts';

/** A thing of the language that a script uses, and where MDN's data tells who has it. */
interface SyntaxFeature {
  construct: string;
  path: string;
  /** Whether a node, with its ancestors from the parent on, is a use of it. */
  isUse: (node: AnyNode, ancestors: readonly AnyNode[]) => boolean;
}

/**
 * All that has come to the language's grammar since ES2015. Whether the floor has it, the data
 * says: what the floor has (async functions) stands here too, so that raising or lowering the floor
 * is one edit.
 */
const features: SyntaxFeature[] = [
  {
    construct: 'optional chaining (?.)',
    path: 'javascript/operators/optional_chaining',
    isUse: ({ type }) => type === 'ChainExpression',
  },
  ...[
    ['nullish coalescing', '??', 'nullish_coalescing'],
    ['nullish assignment', '??=', 'nullish_coalescing_assignment'],
    ['logical assignment', '||=', 'logical_or_assignment'],
    ['logical assignment', '&&=', 'logical_and_assignment'],
    ['exponentiation', '**', 'exponentiation'],
    ['exponentiation', '**=', 'exponentiation_assignment'],
  ].map(([name, operator, path]) => ({
    construct: `${name ?? ''} (${operator ?? ''})`,
    path: `javascript/operators/${path ?? ''}`,
    isUse: (node: AnyNode) =>
      (node.type === 'LogicalExpression' ||
        node.type === 'AssignmentExpression' ||
        node.type === 'BinaryExpression') &&
      node.operator === operator,
  })),
  {
    construct: 'a field of a class',
    path: 'javascript/classes/public_class_fields',
    isUse: (node) =>
      node.type === 'PropertyDefinition' && !node.static && node.key.type !== 'PrivateIdentifier',
  },
  {
    construct: 'a static field of a class',
    path: 'javascript/classes/static/class_fields',
    isUse: (node) => node.type === 'PropertyDefinition' && node.static,
  },
  {
    construct: 'a private field of a class',
    path: 'javascript/classes/private_class_fields',
    isUse: (node) => node.type === 'PropertyDefinition' && node.key.type === 'PrivateIdentifier',
  },
  {
    construct: 'a private method of a class',
    path: 'javascript/classes/private_class_methods',
    isUse: (node) => node.type === 'MethodDefinition' && node.key.type === 'PrivateIdentifier',
  },
  {
    construct: 'a test for a private member (#name in object)',
    path: 'javascript/classes/private_class_fields_in',
    isUse: (node) => node.type === 'BinaryExpression' && node.left.type === 'PrivateIdentifier',
  },
  {
    construct: 'a static block of a class',
    path: 'javascript/classes/static/initialization_blocks',
    isUse: ({ type }) => type === 'StaticBlock',
  },
  {
    construct: 'a BigInt literal',
    path: 'javascript/builtins/BigInt',
    isUse: (node) => node.type === 'Literal' && typeof node.bigint === 'string',
  },
  {
    construct: 'a numeric separator',
    path: 'javascript/grammar/numeric_separators',
    isUse: (node) =>
      node.type === 'Literal' && /^\.?\d/.test(node.raw ?? '') && (node.raw ?? '').includes('_'),
  },
  {
    construct: 'a line separator in a string',
    path: 'javascript/builtins/JSON/json_superset',
    isUse: (node) => node.type === 'Literal' && /^['"].*[\u2028\u2029]/s.test(node.raw ?? ''),
  },
  {
    construct: 'await outside of a function',
    path: 'javascript/operators/await/top_level',
    isUse: (node, ancestors) =>
      (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await)) &&
      !ancestors.some(({ type }) => functions.has(type)),
  },
  {
    construct: 'for await',
    path: 'javascript/statements/for_await_of',
    isUse: (node) => node.type === 'ForOfStatement' && node.await,
  },
  {
    construct: 'an async function',
    path: 'javascript/statements/async_function',
    isUse: (node) => 'async' in node && node.async && !('generator' in node && node.generator),
  },
  {
    construct: 'an async generator',
    path: 'javascript/statements/async_generator_function',
    isUse: (node) => 'async' in node && node.async && 'generator' in node && node.generator,
  },
  {
    construct: 'import()',
    path: 'javascript/operators/import',
    isUse: ({ type }) => type === 'ImportExpression',
  },
  {
    construct: 'import() with options',
    path: 'javascript/operators/import/options_parameter',
    isUse: (node) => node.type === 'ImportExpression' && Boolean(node.options),
  },
  {
    construct: 'import attributes',
    path: 'javascript/statements/import/import_attributes',
    isUse: (node) => 'attributes' in node && node.attributes.length > 0,
  },
  {
    construct: 'import.meta',
    path: 'javascript/operators/import_meta',
    isUse: (node) => node.type === 'MetaProperty' && node.meta.name === 'import',
  },
  {
    construct: 'export * as name',
    path: 'javascript/statements/export/namespace',
    isUse: (node) => node.type === 'ExportAllDeclaration' && Boolean(node.exported),
  },
  {
    construct: 'a string as the name of an export',
    path: 'javascript/statements/export/arbitrary_module_namespace_identifier_names',
    isUse: (node) =>
      (node.type === 'ExportSpecifier' && node.exported.type === 'Literal') ||
      (node.type === 'ImportSpecifier' && node.imported.type === 'Literal'),
  },
  {
    construct: 'catch without a parameter',
    path: 'javascript/statements/try_catch/optional_catch_binding',
    isUse: (node) => node.type === 'CatchClause' && !node.param,
  },
  {
    construct: 'spread in an object',
    path: 'javascript/operators/spread/spread_in_object_literals',
    isUse: (node, [parent]) => node.type === 'SpreadElement' && parent?.type === 'ObjectExpression',
  },
  {
    construct: 'the rest of an object',
    path: 'javascript/operators/destructuring/rest_in_objects',
    isUse: (node, [parent]) => node.type === 'RestElement' && parent?.type === 'ObjectPattern',
  },
  {
    construct: 'a tagged template with a malformed escape',
    path: 'javascript/grammar/template_literals/template_literal_revision',
    isUse: (node) => node.type === 'TemplateElement' && typeof node.value.cooked !== 'string',
  },
  {
    construct: 'using',
    path: 'javascript/statements/using',
    isUse: (node) => node.type === 'VariableDeclaration' && node.kind === 'using',
  },
  {
    construct: 'await using',
    path: 'javascript/statements/await_using',
    isUse: (node) => node.type === 'VariableDeclaration' && node.kind === 'await using',
  },
];

const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** The nodes of the grammar that are described above or are as old as ES2015. */
const knownNodes = new Set([
  ...['Program', 'EmptyStatement', 'BlockStatement', 'StaticBlock', 'ExpressionStatement'],
  ...['IfStatement', 'LabeledStatement', 'BreakStatement', 'ContinueStatement', 'WithStatement'],
  ...['SwitchStatement', 'SwitchCase', 'ReturnStatement', 'ThrowStatement', 'TryStatement'],
  ...['CatchClause', 'WhileStatement', 'DoWhileStatement', 'ForStatement', 'ForInStatement'],
  ...['ForOfStatement', 'DebuggerStatement', 'FunctionDeclaration', 'VariableDeclaration'],
  ...['VariableDeclarator', 'ThisExpression', 'ArrayExpression', 'ObjectExpression', 'Property'],
  ...['FunctionExpression', 'ArrowFunctionExpression', 'YieldExpression', 'AwaitExpression'],
  ...['UnaryExpression', 'UpdateExpression', 'BinaryExpression', 'LogicalExpression'],
  ...['AssignmentExpression', 'ConditionalExpression', 'CallExpression', 'NewExpression'],
  ...['MemberExpression', 'ChainExpression', 'SequenceExpression', 'Super', 'SpreadElement'],
  ...['TemplateLiteral', 'TaggedTemplateExpression', 'TemplateElement', 'ObjectPattern'],
  ...['ArrayPattern', 'RestElement', 'AssignmentPattern', 'ClassBody', 'ClassDeclaration'],
  ...['ClassExpression', 'MethodDefinition', 'PropertyDefinition', 'PrivateIdentifier'],
  ...['MetaProperty', 'ImportDeclaration', 'ImportSpecifier', 'ImportDefaultSpecifier'],
  ...['ImportNamespaceSpecifier', 'ImportAttribute', 'ImportExpression', 'Identifier', 'Literal'],
  ...['ExportNamedDeclaration', 'ExportSpecifier', 'ExportDefaultDeclaration'],
  ...['ExportAllDeclaration', 'ParenthesizedExpression'],
]);

/** What a node uses of the language; a path that is not there means: unknown, and so refused. */
export function syntaxOf(
  node: AnyNode,
  ancestors: readonly AnyNode[],
): { construct: string; path?: string }[] {
  if (!knownNodes.has(node.type)) return [{ construct: `the syntax ${node.type}` }];
  return [
    ...features.filter(({ isUse }) => isUse(node, ancestors)),
    ...(regexFeaturesOf(node) ?? [{ construct: 'a regular expression of a new kind' }]),
  ];
}

/** Regular expressions as literals, and as far as `RegExp(…)` is told its pattern in plain text. */
function regexFeaturesOf(node: AnyNode): RegexFeature[] | undefined {
  if (node.type === 'Literal') {
    return node.regex ? regexFeatures(node.regex.pattern, node.regex.flags) : [];
  }
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return [];
  if (node.callee.type !== 'Identifier' || node.callee.name !== 'RegExp') return [];
  const [pattern, flags] = node.arguments;
  const wholeFlags = flags ? wholeText(flags) : '';
  const whole = pattern && wholeText(pattern);
  // A pattern that is not one throws everywhere, which is not this check's business.
  if (whole !== undefined) return regexFeatures(whole, wholeFlags ?? '') ?? [];
  return [
    ...(pattern ? piecesOfText(pattern).flatMap(regexFeaturesInPiece) : []),
    ...(regexFeatures('', wholeFlags ?? '') ?? []),
  ];
}

function wholeText(node: Expression | SpreadElement): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.value.cooked ?? undefined;
}

function piecesOfText(node: Expression | SpreadElement): string[] {
  if (node.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.cooked ?? '');
  if (node.type === 'BinaryExpression' && node.left.type !== 'PrivateIdentifier') {
    return [...piecesOfText(node.left), ...piecesOfText(node.right)];
  }
  return [wholeText(node) ?? ''];
}
