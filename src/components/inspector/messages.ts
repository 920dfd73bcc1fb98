/** What the page and its worker say to each other. */
import type { Backup } from '../../core/backup/folder.ts';
import type { Found, Options, Progress } from '../../core/backup/inspect.ts';

export type Ask =
  /** The files that were given; once, before anything else. */
  | { ask: 'open'; paths: string[]; sizes: Float64Array }
  | { ask: 'inspect'; backup: Backup; options: Options }
  /** The answer to "read"; without bytes it could not be read, and `why` is a sentence. */
  | { ask: 'bytes'; id: number; bytes?: ArrayBuffer; why?: string };

export type Tell =
  | { tell: 'read'; id: number; path: string; start: number | undefined; end: number | undefined }
  | { tell: 'progress'; progress: Progress }
  | { tell: 'found'; found: Found }
  /** This browser, or its policy, has no WebAssembly for this worker. */
  | { tell: 'cannot-run' }
  /** A failure of ours, not of the backup. */
  | { tell: 'failed'; why: string };
