/** The builds of sql.js that we choose between; its own types know only the default one. */
declare module 'sql.js/dist/sql-wasm-browser.js' {
  import type initSqlJs from 'sql.js';
  const initialize: typeof initSqlJs;
  export default initialize;
}
declare module 'sql.js/dist/sql-asm-memory-growth.js' {
  import type initSqlJs from 'sql.js';
  const initialize: typeof initSqlJs;
  export default initialize;
}
