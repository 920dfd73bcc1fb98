/** A version of iOS or iPadOS as numbers; a missing part counts as 0. */
export interface Version {
  major: number;
  minor: number;
  patch: number;
}

/**
 * Reads a version as people write it: "15.8.8", "iOS 15", "v 12.5", "15,1".
 * @returns undefined when the text is not a version
 */
export function parseVersion(text: string): Version | undefined {
  const found =
    /^(?:(?:i|ipad|iphone)\s*os)?\s*v?(?:ersion)?\s*(\d{1,2})(?:[.,](\d{1,2}))?(?:[.,](\d{1,2}))?$/i.exec(
      text.trim(),
    );
  if (!found) return undefined;
  return { major: Number(found[1]), minor: Number(found[2] ?? 0), patch: Number(found[3] ?? 0) };
}

/** Below zero when `a` is older than `b`, zero when they are the same version. */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/**
 * A version that the facts hold, as numbers.
 * @throws Error when it is none; the facts are validated, so that is a defect of ours
 */
export function versionOfFact(text: string): Version {
  const version = parseVersion(text);
  if (!version) throw new Error(`"${text}" is not a version.`);
  return version;
}
