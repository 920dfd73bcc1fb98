import bcd, { type Identifier } from '@mdn/browser-compat-data/forLegacyNode';
import type { AnyNode, MemberExpression } from 'acorn';
import { childOf, featureAt, lacking } from './support.ts';
import type { Browser } from './browsers.ts';
import { readScopes } from './scopes.ts';
import { walk } from './walk.ts';

/** A use of a built-in or a web API that the floor lacks. */
export interface MissingBuiltin {
  construct: string;
  browsers: Browser[];
}

/**
 * What of the built-ins and web APIs a script uses though a browser of the floor lacks it:
 *
 * - a global name that the script does not declare: `BroadcastChannel`, `window.queueMicrotask`;
 * - a member of a global: `Object.fromEntries`, `navigator.share`, `Intl.Segmenter`;
 * - what a constructor is called with or at all: `new EventTarget()`, `new Worker(u, {type})`;
 * - a method of anything else, by its name alone: `x.at(-1)`. It is refused only when nothing at
 *   all that has a member of this name has it at the floor, and the script makes no such method
 *   itself. Where both the language and a web API have it (`matchAll` of strings and of caches), the
 *   API counts only in a script that names it. To read a member that is not there is undefined and
 *   fails nobody, so calls alone count.
 *
 * A use is fine when the script tests for it, or for the interface it is a member of, anywhere:
 * `typeof X`, `'x' in y`, `y.x == null`, `!y.x`, or `y.x` as the condition of `if`, `?:` or a loop, or
 * left of `&&`, `||`. A try/catch is no such test: it says nothing of what it is for.
 */
export function missingBuiltins(program: AnyNode): MissingBuiltin[] {
  const isOwn = readScopes(program);
  const { tested, made, named } = readNames(program);
  const missing: MissingBuiltin[] = [];
  const report = (name: string, construct: string, features: (Identifier | undefined)[]): void => {
    const browsers = lacking(features);
    if (browsers.length > 0 && !tested.has(name)) missing.push({ construct, browsers });
  };
  const isGlobal = (node: AnyNode, ancestors: readonly AnyNode[]): boolean =>
    node.type === 'Identifier' && !isOwn(node.name, ancestors);

  walk(program, (node, ancestors) => {
    const [parent] = ancestors;
    if (node.type === 'Identifier' && isReference(node, parent) && isGlobal(node, ancestors)) {
      report(node.name, node.name, globalFeatures(node.name));
    }
    if (node.type === 'NewExpression' && isGlobal(node.callee, ancestors)) {
      const { name } = node.callee as { name: string };
      const [constructor] = globalFeatures(name).flatMap((global) => childOf(global, name) ?? []);
      report(name, `new ${name}()`, [constructor]);
      for (const option of optionsOf(node.arguments)) {
        const parameter = childOf(constructor, `options_${option}_parameter`);
        report(option, `new ${name}() with the option ${option}`, [parameter]);
      }
    }
    if (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern' && node.init) {
      if (!isGlobal(node.init, ancestors)) return;
      const { name } = node.init as { name: string };
      for (const property of node.id.properties) {
        const member = property.type === 'Property' ? keyOf(property) : undefined;
        if (member === undefined) continue;
        report(member, `${name}.${member}`, memberFeatures(name, member) ?? []);
      }
    }
    if (node.type !== 'MemberExpression') return;
    const member = keyOf(node);
    if (member === undefined) return;
    if (node.object.type === 'MetaProperty') {
      const feature = featureAt('javascript/operators/import_meta', member);
      report(member, `import.meta.${member}`, [feature]);
      return;
    }
    const global = withoutPrototype(node.object);
    if (isGlobal(global, [node, ...ancestors])) {
      const { name } = global as { name: string };
      const features = memberFeatures(name, member);
      if (features) {
        report(member, `${name}.${member}`, features);
        return;
      }
    }
    if (!isCalled(node, parent) || made.has(member)) return;
    const holders = [...(membersByName.get(member) ?? [])];
    if (holders.some(([holder]) => tested.has(holder))) return;
    const ofLanguage = holders.filter(([holder]) => featureAt('javascript/builtins', holder));
    const possible = holders.filter(
      ([holder]) =>
        ofLanguage.length === 0 ||
        ofLanguage.some(([other]) => other === holder) ||
        isNamed(holder, named),
    );
    report(
      member,
      `.${member}()`,
      possible.map(([, feature]) => feature),
    );
  });
  return missing;
}

/** Whether a script names a holder, or what it is got from: `navigator.serviceWorker` for its container. */
function isNamed(holder: string, named: Set<string>): boolean {
  const name = holder.toLowerCase();
  const longEnough = 6;
  return (
    named.has(name) ||
    named.has(`${name}s`) ||
    Array.from(named).some((other) => other.length >= longEnough && name.startsWith(other))
  );
}

/** Global scopes whose members are global names. */
const globalScopes = ['Window', 'WorkerGlobalScope', 'DedicatedWorkerGlobalScope'].concat(
  'ServiceWorkerGlobalScope',
);

/** Names of the global object: their members are global names. */
const globalObjects = new Set(['window', 'self', 'globalThis', 'top', 'parent', 'frames']);

/** Global objects whose interface is not their own name with a capital. */
const interfaces: Record<string, string> = {
  localStorage: 'Storage',
  sessionStorage: 'Storage',
  caches: 'CacheStorage',
  indexedDB: 'IDBFactory',
};

/** Everything that MDN's data calls by a global name. */
function globalFeatures(name: string): Identifier[] {
  const paths = [`javascript/builtins/${name}`, `api/${name}`].concat(
    globalScopes.map((scope) => `api/${scope}/${name}`),
    name === 'WebAssembly' ? ['webassembly/api'] : [],
  );
  return paths.flatMap((path) => featureAt(path) ?? []);
}

/** A member of a global, as far as the data has it where it would be; else undefined. */
function memberFeatures(global: string, member: string): Identifier[] | undefined {
  if (globalObjects.has(global)) return globalFeatures(member);
  const own = globalFeatures(global).flatMap((feature) => [
    childOf(feature, member),
    childOf(feature, `${member}_static`),
  ]);
  const capital = interfaces[global] ?? global.replace(/^./, (letter) => letter.toUpperCase());
  const features = [...own, featureAt('api', capital, member)].filter(
    (feature) => feature !== undefined,
  );
  return features.length > 0 ? features : undefined;
}

/** By the name of a member, all members of built-ins and interfaces that are called so. */
const membersByName = readMembers();

function readMembers(): Map<string, Map<string, Identifier>> {
  const members = new Map<string, Map<string, Identifier>>();
  const { builtins } = bcd.javascript;
  for (const holders of [builtins, builtins?.Intl, bcd.api, bcd.webassembly.api]) {
    for (const [holder, own] of Object.entries(holders ?? {})) {
      for (const [member, feature] of Object.entries(own as Record<string, Identifier>)) {
        if (!/^[a-z][a-z\d]*$/i.test(member) || member === holder) continue;
        members.set(
          member,
          (members.get(member) ?? new Map<string, Identifier>()).set(holder, feature),
        );
      }
    }
  }
  return members;
}

/** The names that a script tests for, those of methods that it makes, and all, in small letters. */
function readNames(program: AnyNode): Record<'tested' | 'made' | 'named', Set<string>> {
  const named = new Set<string>();
  const tested = new Set<string>();
  const made = new Set<string>();
  const make = (name: string | undefined, value: AnyNode | null | undefined): void => {
    if (name !== undefined && value && !notFunctions.has(value.type)) made.add(name);
  };
  walk(program, (node, ancestors) => {
    const [parent] = ancestors;
    if (node.type === 'Identifier') named.add(node.name.toLowerCase());
    if (node.type === 'MemberExpression') {
      const name = keyOf(node);
      if (name !== undefined && isTested(node, ancestors)) tested.add(name);
      if (parent?.type === 'AssignmentExpression' && parent.left === node) {
        make(name, parent.right);
      }
    }
    if (node.type === 'UnaryExpression' && node.operator === 'typeof') {
      if (node.argument.type === 'Identifier') tested.add(node.argument.name);
    }
    if (node.type === 'BinaryExpression' && node.operator === 'in') {
      if (node.left.type === 'Literal') tested.add(String(node.left.value));
    }
    if (node.type === 'Property' && parent?.type === 'ObjectExpression') {
      make(keyOf(node), node.value);
    }
    if (node.type === 'MethodDefinition' || node.type === 'PropertyDefinition') {
      make(keyOf(node), node.value);
    }
  });
  return { tested, made, named };
}

/** Values that nobody can call. */
const notFunctions = new Set([
  ...['Literal', 'TemplateLiteral', 'ArrayExpression', 'ObjectExpression', 'UnaryExpression'],
  ...['BinaryExpression', 'UpdateExpression', 'NewExpression'],
]);

/** Whether what stands at a place only decides what happens next. */
function isTested(node: AnyNode, [parent, ...above]: readonly AnyNode[]): boolean {
  switch (parent?.type) {
    case 'UnaryExpression':
      return parent.operator === '!' || parent.operator === 'typeof';
    case 'BinaryExpression':
      return /^[!=]==?$/.test(parent.operator);
    case 'ConditionalExpression':
      return parent.test === node || isTested(parent, above);
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
      return parent.test === node;
    case 'LogicalExpression':
      return parent.left === node || isTested(parent, above);
    case 'AssignmentExpression':
      return parent.right === node && isTested(parent, above);
    case 'SequenceExpression':
      return parent.expressions.at(-1) === node && isTested(parent, above);
    default:
      return false;
  }
}

/** Whether an identifier is the use of a variable, and not the name of a member or a label. */
function isReference(node: AnyNode, parent: AnyNode | undefined): boolean {
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === node || parent.computed;
    case 'Property':
      return parent.value === node || parent.computed;
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.value === node || parent.computed;
    case 'UnaryExpression':
      return parent.operator !== 'typeof';
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
    case 'ImportSpecifier':
    case 'ImportAttribute':
    case 'ExportAllDeclaration':
      return false;
    case 'ExportSpecifier':
      return parent.local === node;
    default:
      return true;
  }
}

function isCalled(node: MemberExpression, parent: AnyNode | undefined): boolean {
  return parent?.type === 'CallExpression' && parent.callee === node;
}

/** `Array` of `Array.prototype`, whose members are those of the built-in; else what it was given. */
function withoutPrototype(node: AnyNode): AnyNode {
  return node.type === 'MemberExpression' && keyOf(node) === 'prototype' ? node.object : node;
}

/** The name of a member or property, when the script says it in plain text. */
function keyOf(node: AnyNode): string | undefined {
  const key =
    node.type === 'MemberExpression' ? node.property : 'key' in node ? node.key : undefined;
  const computed = 'computed' in node && node.computed;
  if (key?.type === 'Identifier' && !computed) return key.name;
  return key?.type === 'Literal' && typeof key.value === 'string' ? key.value : undefined;
}

function optionsOf(values: AnyNode[]): string[] {
  return values.flatMap((value) =>
    value.type === 'ObjectExpression'
      ? value.properties.flatMap((property) =>
          property.type === 'Property' ? (keyOf(property) ?? []) : [],
        )
      : [],
  );
}
