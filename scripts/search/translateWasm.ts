import binaryen from 'binaryen';

/**
 * Translates a WebAssembly module made by wasm-bindgen to a plain module script with the same
 * exports. It goes through WebAssembly's text format, because the translation knows neither
 * functions that return two values nor tables of JavaScript objects, and cuts numbers off where they
 * should be held:
 * - of two values the second is left in a global, from where the export fetches it;
 * - a number too big for an integer becomes the biggest there is;
 * - the table of objects is emptied of its use: the engine only passes numbers. Were it used after
 *   all, the text would not parse and the build would stop.
 * @throws Error when the module needs something that this does not translate
 */
export function translateWasm(bytes: Uint8Array): string {
  const original = binaryen.readBinary(bytes);
  const text = original.emitText();
  original.dispose();
  if (/trunc_sat_(?!f32_s)/.test(text)) {
    throw new Error('The engine turns numbers to integers in a way that is not translated yet.');
  }
  const module = binaryen.parseText(withoutObjects(withKnownOperations(text)));
  try {
    module.setFeatures(binaryen.Features.All);
    if (module.validate() === 0) throw new Error('The translated engine is not valid WebAssembly.');
    binaryen.setOptimizeLevel(2);
    binaryen.setShrinkLevel(1);
    return withPairs(module.emitAsmjs(), exportsOfPairs(text));
  } finally {
    module.dispose();
  }
}

/** `$pair` hands on the first of two values and keeps the second, `$whole` holds a number. */
function withKnownOperations(text: string): string {
  return text
    .replaceAll('(result i32 i32)', '(result i32)')
    .replaceAll('(tuple.make 2', '(call $pair')
    .replaceAll('(i32.trunc_sat_f32_s', '(call $whole')
    .replace(
      /^ \(memory /m,
      ` (global $second (mut i32) (i32.const 0))
 (export "second" (func $read-second))
 (func $read-second (result i32) (global.get $second))
 (func $pair (param $0 i32) (param $1 i32) (result i32) (global.set $second (local.get $1)) (local.get $0))
 (func $whole (param $0 f32) (result i32)
  (select (i32.const 0x7fffffff)
   (select (i32.const 0x80000000) (i32.trunc_f32_s (local.get $0))
    (f32.lt (local.get $0) (f32.const -2147483648)))
   (f32.ge (local.get $0) (f32.const 2147483648))))
 (memory `,
    );
}

function withoutObjects(text: string): string {
  return text
    .replace(/^ \(import "[^"]+" "__wbindgen_init_externref_table" .*$/m, '')
    .replace(/^ \(export "__wbindgen_start" .*$/m, '')
    .replace(/^ \(export "__wbindgen_externrefs" .*$/m, '')
    .replace(/^ \(table \S+ \d+ externref\)$/m, '');
}

/** The names of the exported functions that return two values. */
function exportsOfPairs(text: string): string[] {
  const pairs = new Set(
    [...text.matchAll(/^ \(func (\S+) .*\(result i32 i32\)$/gm)].map(([, name]) => name),
  );
  return [...text.matchAll(/^ \(export "([^"]+)" \(func (\S+)\)\)$/gm)]
    .filter(([, , name]) => pairs.has(name))
    .map(([, exported]) => exported ?? '');
}

function withPairs(script: string, names: string[]): string {
  const wrapped = names.reduce(
    (before, name) =>
      before.replace(
        `export var ${name} = retasmFunc.${name};`,
        `export var ${name} = function () {
          var first = retasmFunc.${name}.apply(null, arguments);
          return [first, retasmFunc.second()];
        };`,
      ),
    script,
  );
  return `${wrapped}\nexport function __wbindgen_start() {}\n`;
}
