/** The two codes that name a device for certain: Apple's A-number and hardware identifier. */

export interface Code {
  kind: 'model' | 'identifier';
  /** As Apple writes it: "A1633", "iPhone8,1"; or the start of one. */
  text: string;
  /** Nothing is missing at its end. */
  complete: boolean;
}

/** Reads the first code in a text: "a1633", "Model A1633", "iphone8,1", or the start of one. */
export function readCode(text: string): Code | undefined {
  const query = text.slice(0, 80);
  const model = /(?:^|[^a-z0-9])a\s?(\d{4})(?![a-z0-9])/i.exec(query);
  if (model) return { kind: 'model', text: `A${model[1]}`, complete: true };
  const identifier = /(iphone|ipad|ipod)\s?(\d{1,2})\s?,\s?(\d{1,2})(?!\d)/i.exec(query);
  if (identifier) {
    return {
      kind: 'identifier',
      text: `${spelled(identifier[1])}${identifier[2]},${identifier[3]}`,
      complete: true,
    };
  }
  const modelStart = /^\s*a(\d{2,3})$/i.exec(query);
  if (modelStart) return { kind: 'model', text: `A${modelStart[1]}`, complete: false };
  const identifierStart = /^\s*(iphone|ipad|ipod)(\d{1,2},)$/i.exec(query);
  return identifierStart
    ? {
        kind: 'identifier',
        text: `${spelled(identifierStart[1])}${identifierStart[2]}`,
        complete: false,
      }
    : undefined;
}

function spelled(prefix = ''): string {
  return prefix.slice(0, 2).toLowerCase() === 'ip'
    ? `i${prefix.slice(1, 2).toUpperCase()}${prefix.slice(2).toLowerCase()}`
    : prefix;
}
