/** Whether bytes start as files of that name do: proof that what was decrypted makes sense. */

const signatures: [RegExp, (bytes: Uint8Array) => boolean][] = [
  [/\.(sqlite|sqlitedb|db|storedata)$/i, starts('SQLite format 3\u0000')],
  [/\.(jpe?g|thm)$/i, (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8],
  [/\.png$/i, (bytes) => bytes[0] === 0x89 && starts('PNG', 1)(bytes)],
  [/\.(heic|mov|mp4|m4a)$/i, starts('ftyp', 4)],
];

/** @returns undefined when files of that name may start with anything */
export function looksLike(name: string, bytes: Uint8Array): boolean | undefined {
  const found = signatures.filter(([pattern]) => pattern.test(name))[0];
  return found && bytes.length > 0 ? found[1](bytes) : undefined;
}

function starts(text: string, at = 0): (bytes: Uint8Array) => boolean {
  return (bytes) =>
    text.split('').every((character, index) => bytes[at + index] === character.charCodeAt(0));
}
