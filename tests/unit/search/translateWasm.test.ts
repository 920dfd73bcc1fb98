import binaryen from 'binaryen';
import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { translateWasm } from '../../../scripts/search/translateWasm.ts';

/** What the engine of a search does with numbers and memory, in small. */
const engine = `(module
  (import "./glue.js" "__wbindgen_init_externref_table" (func $init))
  (memory (export "memory") 1)
  (table $functions 2 2 funcref)
  (table $objects 8 externref)
  (elem (table $functions) (i32.const 0) func $sum $hash)
  (data (i32.const 64) "backup first")
  (export "__wbindgen_externrefs" (table $objects))
  (export "__wbindgen_start" (func $init))
  (func $sum (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func $hash (param i32 i32) (result i32)
    (i32.wrap_i64 (i64.rotl
      (i64.mul
        (i64.xor (i64.extend_i32_s (local.get 0)) (i64.const 0x9e3779b97f4a7c15))
        (i64.extend_i32_u (local.get 1)))
      (i64.const 23))))
  (func (export "call") (param i32 i32 i32) (result i32)
    (call_indirect $functions (param i32 i32) (result i32)
      (local.get 1) (local.get 2) (i32.and (local.get 0) (i32.const 1))))
  (func (export "divided") (param i32 i32) (result i32 i32)
    (i32.div_u (local.get 0) (local.get 1))
    (i32.rem_u (local.get 0) (local.get 1)))
  (func (export "copied") (param i32) (result i32)
    (memory.copy (i32.const 128) (i32.const 64) (i32.const 12))
    (i32.extend8_s (i32.load8_u offset=128 (i32.rem_u (local.get 0) (i32.const 12)))))
  (func (export "rounded") (param f32) (result i32) (i32.trunc_sat_f32_s (local.get 0)))
  (func (export "grown") (param i32) (result i32)
    (drop (memory.grow (i32.const 1)))
    (i32.store offset=65536 (i32.const 1) (local.get 0))
    (i32.load offset=65536 (i32.const 1))))`;

type Engine = Record<string, (...values: number[]) => number | number[]>;

describe('an engine translated from WebAssembly', () => {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  let original: Engine;
  let plain: Engine;
  beforeAll(async () => {
    const module = binaryen.parseText(engine);
    module.setFeatures(binaryen.Features.All);
    const bytes = module.emitBinary();
    const { instance } = await WebAssembly.instantiate(new Uint8Array(bytes), {
      './glue.js': { __wbindgen_init_externref_table: () => undefined },
    });
    original = instance.exports as unknown as Engine;
    const file = join(folder, 'engine.mjs');
    writeFileSync(file, translateWasm(bytes));
    plain = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Engine;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const number = fc.integer();
  it.each([
    ['call', [number, number, number]],
    ['divided', [number, fc.integer({ min: 1 })]],
    ['copied', [fc.nat()]],
    ['rounded', [fc.oneof(fc.float(), fc.constantFrom(2147483648, -2147483648, NaN))]],
    ['grown', [number]],
  ] as [string, fc.Arbitrary<number>[]][])('answers the same to %s', (name, values) => {
    fc.assert(
      fc.property(fc.tuple(...values), (given) => {
        expect(plain[name]?.(...given)).toEqual(original[name]?.(...given));
      }),
      { numRuns: name === 'grown' ? 5 : 100 },
    );
  });

  it('can be started as wasm-bindgen starts it', () => {
    expect(plain.__wbindgen_start?.()).toBeUndefined();
  });

  it('is refused when it works with objects of JavaScript', () => {
    const module = binaryen.parseText(`(module
      (table $objects (export "__wbindgen_externrefs") 8 externref)
      (func (export "size") (result i32) (table.size $objects)))`);
    module.setFeatures(binaryen.Features.All);
    expect(() => translateWasm(module.emitBinary())).toThrow();
  });
});
