/** Keys and pointer as WebDriver and WebDriver BiDi write them. */
import { namedKeys, type Key } from './browser.ts';

/** Presses and releases each key. */
export function keyActions(keys: readonly Key[]): object[] {
  const actions = keys.flatMap((key) => {
    const value = key in namedKeys ? namedKeys[key as keyof typeof namedKeys].webDriver : key;
    return [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ];
  });
  return [{ type: 'key', id: 'keyboard', actions }];
}

/** Goes to a point of the window and presses there. */
export function pointerActions({ x, y }: { x: number; y: number }): object[] {
  return [
    {
      type: 'pointer',
      id: 'mouse',
      parameters: { pointerType: 'mouse' },
      actions: [
        { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ],
    },
  ];
}
