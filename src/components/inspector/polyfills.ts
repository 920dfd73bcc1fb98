/** What sql.js asks for and browsers before Chrome 73 lack. Only the workers load it. */
if (typeof globalThis === 'undefined') {
  Object.defineProperty(self, 'globalThis', { value: self });
}
if (typeof Object.fromEntries !== 'function') {
  Object.fromEntries = (entries: Iterable<readonly [PropertyKey, unknown]>) => {
    const made: Record<PropertyKey, unknown> = {};
    Array.from(entries).forEach(([name, value]) => {
      made[name] = value;
    });
    return made;
  };
}
