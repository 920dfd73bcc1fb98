/** The value below which a part of the values lies: 0.5 for the median, 0.95 for the 95th percentile. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = part * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** "0.37x": how many times the first is the second. */
export function ratio(first: number, second: number): string {
  const times = first / second;
  return Number.isFinite(times) ? `${times < 10 ? times.toFixed(2) : times.toFixed(1)}x` : '-';
}

/** "12.1 to 14.9", or the one value where all are alike. */
export function spread(values: readonly number[], digits = 1): string {
  const [least, most] = [Math.min(...values), Math.max(...values)].map((it) => it.toFixed(digits));
  return least === most ? String(least) : `${least} to ${most}`;
}

/** "13.0 (12.1 to 14.9)": the median, and from least to most where values differ. */
export function medianAndSpread(values: readonly number[], digits = 1): string {
  const between = spread(values, digits);
  const middle = median(values).toFixed(digits);
  return between === middle ? middle : `${middle} (${between})`;
}
