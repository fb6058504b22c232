// @ts-check

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/**
 * @param {number} value
 * @param {number} [digits] after the decimal point
 */
export function round(value, digits = 2) {
  return Number(value.toFixed(digits));
}

/**
 * @param {number[]} values
 * @param {number} [digits] after the decimal point
 */
export function spread(values, digits) {
  return `${round(Math.min(...values), digits)} to ${round(Math.max(...values), digits)}`;
}
