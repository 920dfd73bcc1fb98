/** Whether bytes start as files of that name do: proof that what was decrypted makes sense. */

const databaseName = /\.(sqlite|sqlitedb|db|storedata)$/i;
const databaseStart = 'SQLite format 3\u0000';

/** @returns undefined when files of that name may start with anything */
export function looksLike(name: string, bytes: Uint8Array): boolean | undefined {
  if (!databaseName.test(name)) return undefined;
  return databaseStart
    .split('')
    .every((character, index) => bytes[index] === character.charCodeAt(0));
}
