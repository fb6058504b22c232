import { mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { PATH } from "./dns-processes";

/** What each package brings. */
export const TOOLS_OF = {
  bind: /^(named|rndc|delv|dig|dnssec-|nsupdate|ddns-confgen|tsig-keygen)/,
  knot: /^(knot|kdig|keymgr|kzone|kjournal|kcatalog|knsec|kxdp|khost|knsupdate)/,
  nsd: /^nsd/,
  ldns: /^(ldns|drill)/,
  powerdns: /^(pdns|zone2|sqlite3$)/,
  unbound: /^unbound/,
  faketime: /^faketime/,
} as const;

/** A folder with all the commands of this machine but those of some packages. */
export function pathWithout(packages: readonly (keyof typeof TOOLS_OF)[]): string {
  const folder = mkdtempSync(join(tmpdir(), "some-tools-"));
  const seen = new Set<string>();
  for (const directory of PATH.split(delimiter)) {
    for (const command of namesIn(directory)) {
      if (seen.has(command) || packages.some((name) => TOOLS_OF[name].test(command))) continue;
      seen.add(command);
      symlinkSync(join(directory, command), join(folder, command));
    }
  }
  return folder;
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    // A PATH may name folders that are not there.
    return [];
  }
}
