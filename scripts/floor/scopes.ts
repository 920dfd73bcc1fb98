import type { AnyNode, Pattern } from 'acorn';
import { walk } from './walk.ts';

/**
 * Which names a script declares where.
 * @returns whether the name, at a place with these ancestors, is one of the script's own
 */
export function readScopes(
  program: AnyNode,
): (name: string, ancestors: readonly AnyNode[]) => boolean {
  const scopes = new Map<AnyNode, Set<string>>();
  const declare = (scope: AnyNode | undefined, names: string[]): void => {
    if (!scope) return;
    const own = scopes.get(scope) ?? new Set<string>();
    scopes.set(scope, own);
    for (const name of names) own.add(name);
  };
  walk(program, (node, ancestors) => {
    switch (node.type) {
      case 'VariableDeclaration': {
        const scope = ancestors.find(node.kind === 'var' ? isFunctionScope : isBlockScope);
        declare(
          scope,
          node.declarations.flatMap(({ id }) => boundBy(id)),
        );
        break;
      }
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        declare(node, node.params.flatMap(boundBy));
        if (!node.id) break;
        // Sloppy scripts hoist functions out of blocks.
        if (node.type === 'FunctionDeclaration') {
          declare(ancestors.find(isFunctionScope), [node.id.name]);
        } else declare(node, [node.id.name]);
        break;
      case 'ClassDeclaration':
        declare(ancestors.find(isBlockScope), node.id ? [node.id.name] : []);
        break;
      case 'ClassExpression':
        declare(node, node.id ? [node.id.name] : []);
        break;
      case 'CatchClause':
        declare(node, node.param ? boundBy(node.param) : []);
        break;
      case 'ImportSpecifier':
      case 'ImportDefaultSpecifier':
      case 'ImportNamespaceSpecifier':
        declare(program, [node.local.name]);
        break;
    }
  });
  return (name, ancestors) => ancestors.some((scope) => scopes.get(scope)?.has(name));
}

const functionScopes = new Set([
  'Program',
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'StaticBlock',
]);
const blockScopes = new Set([
  ...functionScopes,
  'BlockStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'SwitchStatement',
]);

function isFunctionScope({ type }: AnyNode): boolean {
  return functionScopes.has(type);
}

function isBlockScope({ type }: AnyNode): boolean {
  return blockScopes.has(type);
}

/** The names that a parameter, or the left side of a declaration, binds. */
function boundBy(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        boundBy(property.type === 'Property' ? property.value : property.argument),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? boundBy(element) : []));
    case 'RestElement':
      return boundBy(pattern.argument);
    case 'AssignmentPattern':
      return boundBy(pattern.left);
    default:
      return [];
  }
}
