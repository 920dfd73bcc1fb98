/** The worker for browsers with WebAssembly and 64-bit integers: Safari 15, Chrome 67, Firefox 68. */
import './polyfills.ts';
import initialize from 'sql.js/dist/sql-wasm-browser.js';
import program from 'sql.js/dist/sql-wasm-browser.wasm?url';
import type { Tell } from './messages.ts';
import { serve } from './serve.ts';

if (runsWasm()) {
  serve(() => initialize({ locateFile: () => new URL(program, self.location.origin).href }));
} else {
  const cannotRun: Tell = { tell: 'cannot-run' };
  postMessage(cannotRun);
}

/** Old browsers, lockdown modes and strict policies have none; sql.js would wait forever. */
function runsWasm(): boolean {
  try {
    // The shortest module there is.
    const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    return typeof BigInt64Array === 'function' && Boolean(new WebAssembly.Module(empty));
  } catch {
    return false;
  }
}
