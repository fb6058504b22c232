// @ts-check

/** @typedef {(line: string) => void} Log */

/**
 * Says what starts, then every half minute that it still goes on.
 * @template T
 * @param {Log} log
 * @param {string} what
 * @param {() => Promise<T>} work
 */
export async function withProgress(log, what, work) {
  log(what);
  const start = Date.now();
  const ticker = setInterval(() => log(`  … ${elapsed(start)} so far`), 30_000);
  try {
    return await work();
  } finally {
    clearInterval(ticker);
  }
}

/** @param {number} start */
export function elapsed(start) {
  const seconds = Math.round((Date.now() - start) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
