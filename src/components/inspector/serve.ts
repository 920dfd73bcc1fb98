/**
 * The worker's side: runs the inspection on files that stay with the page, which hands over the
 * bytes that are asked for.
 */
import { FileGone, type Files } from '../../core/backup/folder.ts';
import type { Sqlite } from '../../core/backup/database.ts';
import { inspect } from '../../core/backup/inspect.ts';
import type { Ask, Tell } from './messages.ts';

interface Scope {
  onmessage: ((event: MessageEvent<Ask>) => void) | null;
  postMessage: (message: Tell) => void;
}

/** Progress is told at most this often, in milliseconds. */
const pause = 100;

export function serve(sqlite: () => Promise<Sqlite>): void {
  const scope = self as unknown as Scope;
  const waiting = new Map<
    number,
    { give: (bytes: Uint8Array) => void; fail: (error: Error) => void }
  >();
  let sizes: ReadonlyMap<string, number> = new Map();
  let asked = 0;
  let lastTold = 0;

  const files: Files = {
    get sizes() {
      return sizes;
    },
    read: (path, start, end) =>
      new Promise((give, fail) => {
        asked += 1;
        waiting.set(asked, { give, fail });
        scope.postMessage({ tell: 'read', id: asked, path, start, end });
      }),
  };

  scope.onmessage = ({ data }) => {
    if (data.ask === 'open') {
      const given = new Map<string, number>();
      data.paths.forEach((path, at) => given.set(path, data.sizes[at] ?? 0));
      sizes = given;
    } else if (data.ask === 'bytes') {
      const { id, bytes, why } = data;
      if (bytes) waiting.get(id)?.give(new Uint8Array(bytes));
      else waiting.get(id)?.fail(new FileGone(why));
      waiting.delete(id);
    } else {
      inspect(files, data.backup, data.options, {
        sqlite,
        onProgress: (progress) => {
          const now = Date.now();
          if (progress.done > 0 && now - lastTold < pause) return;
          lastTold = now;
          scope.postMessage({ tell: 'progress', progress });
        },
      }).then(
        (found) => scope.postMessage({ tell: 'found', found }),
        (error: unknown) =>
          scope.postMessage({
            tell: 'failed',
            why: error instanceof Error ? error.message : String(error),
          }),
      );
    }
  };
}
