/** The worker for browsers without either, or whose policy allows no WebAssembly: SQLite as script. */
import './polyfills.ts';
import initialize from 'sql.js/dist/sql-asm-memory-growth.js';
import { serve } from './serve.ts';

serve(() => initialize());
