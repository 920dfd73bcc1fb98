import type { AnyNode } from 'acorn';

/** Visits every node of a syntax tree before its children; the ancestors begin with the parent. */
export function walk(
  root: AnyNode,
  visit: (node: AnyNode, ancestors: readonly AnyNode[]) => void,
): void {
  const ancestors: AnyNode[] = [];
  const enter = (node: AnyNode): void => {
    visit(node, ancestors);
    ancestors.unshift(node);
    for (const value of Object.values(node) as unknown[]) {
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (isNode(child)) enter(child);
      }
    }
    ancestors.shift();
  };
  enter(root);
}

function isNode(value: unknown): value is AnyNode {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
  );
}
