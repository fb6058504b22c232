// @ts-check
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// Loaded before anything else into every Node process of a run. The engine ends its provider without a
// word, so the provider's peak memory is written down while it lives, in megabytes.
const { argv, env, pid } = process;
if (env.BENCH_USAGE !== undefined && /[\\/]dynamic-provider([\\/]|$)/.test(argv[1] ?? "")) {
  const file = join(env.BENCH_USAGE, String(pid));
  const fresh = `${env.BENCH_USAGE}-${pid}`;
  const note = () => {
    writeFileSync(fresh, String(process.resourceUsage().maxRSS / 1024));
    renameSync(fresh, file);
  };
  setInterval(note, 100).unref();
}
