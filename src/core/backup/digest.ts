/** SHA-1, as backups use it: of a place, to name a file; of a file, to know its content. */

/** @returns lower-case hexadecimal digits of the text in UTF-8 */
export function sha1OfText(text: string): Promise<string> {
  return sha1(new TextEncoder().encode(text));
}

export async function sha1(bytes: Uint8Array): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-1', bytes as BufferSource)));
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte < 16 ? '0' : '') + byte.toString(16)).join('');
}
