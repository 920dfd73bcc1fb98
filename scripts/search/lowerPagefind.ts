import { parse } from 'acorn';
import { transform } from 'esbuild';
import { walk } from '../floor/walk.ts';
import { spellOutProperties } from './spellOutProperties.ts';

/** The file that holds the engine as plain script. */
export const plainEngine = 'plain-engine.js';

/**
 * True where the engine's WebAssembly runs: where a table of JavaScript objects, the newest thing
 * it uses, compiles, and the content security policy lets it. Written for the browser.
 */
const canRunWebAssembly = `function canRunWebAssembly(){
  try{return Boolean(new WebAssembly.Instance(new WebAssembly.Module(
    new Uint8Array([0,97,115,109,1,0,0,0,4,4,1,111,0,1]))))}
  catch(error){return false}
}`;

/** What must be otherwise in Pagefind's script, each found exactly once. */
const changes: { why: string; from: string; to: string }[] = [
  {
    why: 'to let another engine than WebAssembly stand in',
    from: 'return Object.assign(__wbg_init,{initSync},exports)',
    to: 'return Object.assign(__wbg_init,{initSync,useEngine:(engine)=>__wbg_finalize_init({exports:engine})},exports)',
  },
  {
    why: 'to load the plain engine where WebAssembly cannot run',
    from: 'async loadWasm(language){try{',
    to: `async loadWasm(language){if(!canRunWebAssembly()){this.wasm=this.backend.useEngine(await import("./${plainEngine}"));return}try{`,
  },
  {
    why: 'because memory that grew is not detached in the plain engine',
    from: 'cachedUint8ArrayMemory0.byteLength===0',
    to: 'cachedUint8ArrayMemory0.buffer!==wasm.memory.buffer',
  },
];

/**
 * Pagefind's script for the floor: syntax compiled down, Unicode properties in regular expressions
 * spelled out, and a plain engine where WebAssembly cannot run.
 * @throws Error when a new version of Pagefind no longer has what is changed here
 */
export async function lowerPagefind(source: string, target: string[]): Promise<string> {
  const changed = changes.reduce((text, { why, from, to }) => {
    const found = text.split(from).length - 1;
    if (found !== 1) {
      throw new Error(
        `Pagefind's script has ${found} places with “${from}”, which is changed ${why}. ` +
          'Look how the new version does that, and mend scripts/search/lowerPagefind.ts.',
      );
    }
    return text.replace(from, () => to);
  }, source);
  return compiled(withPropertiesSpelledOut(`${canRunWebAssembly}${changed}`), target);
}

/** A module script, small, with the syntax of the target. */
export async function compiled(source: string, target: string[]): Promise<string> {
  const { code } = await transform(source, {
    target,
    format: 'esm',
    minify: true,
    // esbuild takes a rare fault of Safari before 14.1 for a lack, and cannot compile it down.
    supported: { destructuring: true },
  });
  return code;
}

/** Firefox 68 knows no `\p{…}`, and no compiler mends it: esbuild only defers the error. */
function withPropertiesSpelledOut(source: string): string {
  const found: { start: number; end: number; pattern: string; flags: string }[] = [];
  walk(parse(source, { ecmaVersion: 'latest', sourceType: 'module' }), (node) => {
    if (node.type !== 'Literal' || !node.regex) return;
    found.push({ start: node.start, end: node.end, ...node.regex });
  });
  return found
    .sort((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, pattern, flags }) =>
        `${text.slice(0, start)}/${spellOutProperties(pattern, flags)}/${flags}${text.slice(end)}`,
      source,
    );
}
