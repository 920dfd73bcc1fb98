import { createCipheriv, hash } from 'node:crypto';

/** Bytes that look like chance and are the same for the same seed, on every machine. */
export function noise(seed: string, length: number): Buffer {
  const stream = createNoise(seed);
  return stream(length);
}

/** The same in pieces: each call gives the next `length` bytes. */
export function createNoise(seed: string): (length: number) => Buffer {
  const key = hash('sha256', seed, 'buffer').subarray(0, 16);
  const cipher = createCipheriv('aes-128-ctr', key, Buffer.alloc(16));
  return (length) => cipher.update(Buffer.alloc(length));
}

/** A whole number from `from` to `to`, both included, the same for the same seed. */
export function numberFrom(seed: string, from: number, to: number): number {
  const drawn = Number.parseInt(hash('sha1', seed).slice(0, 12), 16);
  return from + (drawn % (to - from + 1));
}
