/**
 * Control characters, which move a terminal's cursor and change its colors, and marks that turn
 * the direction of writing, which make a name read as another.
 */
const unprintable = /[\s\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;

/** Anything may stand in a file: what is shown of it is one short line of letters. */
export function oneLine(text: string, longest: number): string {
  return text.replace(unprintable, ' ').trim().slice(0, longest);
}
