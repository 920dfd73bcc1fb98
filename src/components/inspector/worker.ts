/** The worker for browsers that run SQLite's WebAssembly; the others are told to take the plain script. */
import './polyfills.ts';
import initialize from 'sql.js/dist/sql-wasm-browser.js';
import program from 'sql.js/dist/sql-wasm-browser.wasm?url';
import type { Tell } from './messages.ts';
import { serve } from './serve.ts';

/**
 * Old browsers, lockdown modes and strict policies have no WebAssembly, or lack parts that this one
 * is made of. sql.js itself would wait forever, or say so much later.
 */
const compiled = Promise.resolve().then(async () => {
  if (typeof BigInt64Array !== 'function') throw new Error('There are no 64-bit integers.');
  const answer = await fetch(new URL(program, self.location.origin).href);
  return WebAssembly.compile(await answer.arrayBuffer());
});
compiled.catch(() => {
  const cannotRun: Tell = { tell: 'cannot-run' };
  postMessage(cannotRun);
});

serve(async () => {
  // Where it cannot be had, this worker is being replaced.
  const module = await compiled.catch(() => new Promise<never>(() => undefined));
  return initialize({
    instantiateWasm: (imports, receive) => {
      void WebAssembly.instantiate(module, imports).then((instance) => receive(instance));
    },
  });
});
