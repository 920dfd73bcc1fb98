/** What the inspector found in the backup of a device, kept beside its ticks. */

export interface Proof {
  /** The day of the check, as YYYY-MM-DD. */
  on: string;
  /** A sentence. */
  what: string;
}

const keyOf = (device: string): string => `backup-first.proof.${device}`;

export function readProof(device: string): Proof | undefined {
  try {
    const read = JSON.parse(localStorage.getItem(keyOf(device)) ?? 'null') as Partial<Proof> | null;
    const { on, what } = read ?? {};
    if (typeof on !== 'string' || typeof what !== 'string') return undefined;
    return /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(on)
      ? { on, what: what.slice(0, 300) }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Without a proof, what was kept is removed. */
export function writeProof(device: string, proof: Proof | undefined): void {
  try {
    if (proof) localStorage.setItem(keyOf(device), JSON.stringify(proof));
    else localStorage.removeItem(keyOf(device));
  } catch {
    // Storage that is full or forbidden costs the note, and nothing else.
  }
}
