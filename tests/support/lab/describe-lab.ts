import { missingTools } from "../dns-tools";
import { mayServePort53 } from "./addresses";

const COMMANDS = ["named", "nsupdate", "unbound", "unbound-control"];

/** Tests that need the lab, and these commands besides; where something is missing they are skipped, and say so. */
export function describeLab(title: string, commands: readonly string[], tests: () => void): void {
  const reason = reasonToSkip([...COMMANDS, ...commands]);
  if (reason === undefined) {
    describe(title, tests);
    return;
  }
  describe.skip(`${title}: ${reason}`, () => {
    // A describe without a test fails its file.
    test("is tested where the lab can be", () => {});
  });
  console.warn(`${title}: skipped, ${reason}`);
}

function reasonToSkip(commands: readonly string[]): string | undefined {
  const missing = missingTools(commands);
  if (missing.length > 0) return `not installed: ${missing.join(", ")} (tests/dns/install.sh installs them)`;
  return mayServePort53() ? undefined : "port 53 of loopback addresses is not ours: run as root";
}
