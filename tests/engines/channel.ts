/** Numbered questions and answers over a WebSocket, as the DevTools protocol and BiDi have them. */

export interface Channel {
  /** @throws with what the browser said against it */
  ask: (method: string, parameters?: object) => Promise<Answer>;
  /** Hears what the browser says unasked. */
  onEvent: (listener: (event: Event) => void) => void;
  close: () => void;
}

export type Answer = Record<string, unknown>;

export interface Event {
  method: string;
  params: Record<string, unknown>;
}

interface Message extends Partial<Event> {
  id?: number;
  result?: Answer;
  /** An object in the DevTools protocol, a word in BiDi, which has the message beside it. */
  error?: { message: string } | string;
  message?: string;
}

export function openChannel(address: string): Promise<Channel> {
  const socket = new WebSocket(address);
  const waiting = new Map<number, (message: Message) => void>();
  const listeners: ((event: Event) => void)[] = [];
  let asked = 0;

  const ask = (method: string, parameters: object = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, ({ result, error, message }) => {
        if (result && error === undefined) resolve(result);
        else reject(new Error(`${method}: ${saidIn(error, message)}`));
      });
      socket.send(JSON.stringify({ id: asked, method, params: parameters }));
    });

  socket.onmessage = ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id !== undefined) {
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    } else if (message.method !== undefined) {
      for (const listener of listeners) listener(message as Event);
    }
  };
  socket.onclose = () => {
    for (const answer of waiting.values()) answer({ error: 'the browser closed the connection' });
  };
  return new Promise((resolve, reject) => {
    socket.onerror = () => reject(new Error(`No connection to ${address}.`));
    socket.onopen = () => {
      resolve({
        ask,
        onEvent: (listener) => listeners.push(listener),
        close: () => socket.close(),
      });
    };
  });
}

function saidIn(error: Message['error'], message: string | undefined): string {
  if (typeof error === 'object') return error.message;
  return [error, message].filter((part) => part !== undefined).join(': ');
}
