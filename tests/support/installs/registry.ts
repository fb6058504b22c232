import { execFileSync } from "node:child_process";
import { VERSIONS } from "./versions";

/** Asked once, before there are tests: what installs packages is skipped without a registry. */
export function registryIsReached(): boolean {
  const asked = [`pnpm@${VERSIONS.pnpm}`, "version", "--fetch-retries=0", "--fetch-timeout=10000"];
  try {
    return (
      execFileSync("npm", ["view", ...asked], { encoding: "utf8", stdio: "pipe" }).trim() === VERSIONS.pnpm
    );
  } catch {
    return false;
  }
}
