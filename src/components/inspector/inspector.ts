/** The page's side of the worker: starts it, hands it bytes, and ends it when the visitor cancels. */
import type { Backup, Files } from '../../core/backup/folder.ts';
import type { Found, Options, Progress } from '../../core/backup/inspect.ts';
import type { Ask, Tell } from './messages.ts';

export interface Inspection {
  /** Rejects with a sentence when our own program fails. */
  found: Promise<Found>;
  cancel: () => void;
}

export function startInspection(
  files: Files,
  backup: Backup,
  options: Options,
  onProgress: (progress: Progress) => void,
): Inspection {
  let worker: Worker;
  const ask = (message: Ask, handOver: Transferable[] = []): void =>
    worker.postMessage(message, handOver);
  const found = new Promise<Found>((resolve, reject) => {
    const fail = (why: string): void => {
      worker.terminate();
      reject(new Error(why));
    };
    const start = (next: Worker): void => {
      worker = next;
      worker.onmessage = onMessage;
      worker.onerror = (event) =>
        fail(event.message || 'The program that checks could not be loaded.');
      ask({
        ask: 'open',
        paths: Array.from(files.sizes.keys()),
        sizes: Float64Array.from(Array.from(files.sizes.values())),
      });
      ask({ ask: 'inspect', backup, options });
    };
    const onMessage = ({ data }: MessageEvent<Tell>): void => {
      switch (data.tell) {
        case 'cannot-run':
          worker.terminate();
          start(new Worker(new URL('./worker-without-wasm.ts', import.meta.url)));
          break;
        case 'read':
          files.read(data.path, data.start, data.end).then(
            ({ buffer }) =>
              ask({ ask: 'bytes', id: data.id, bytes: buffer as ArrayBuffer }, [
                buffer as ArrayBuffer,
              ]),
            (error: unknown) => ask({ ask: 'bytes', id: data.id, why: (error as Error).message }),
          );
          break;
        case 'progress':
          onProgress(data.progress);
          break;
        case 'found':
          worker.terminate();
          resolve(data.found);
          break;
        case 'failed':
          fail(data.why);
      }
    };
    // Classic scripts: Safari before 15 has no module workers.
    start(new Worker(new URL('./worker.ts', import.meta.url)));
  });
  return { found, cancel: () => worker.terminate() };
}
