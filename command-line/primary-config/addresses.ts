import { readFile } from "node:fs/promises";
import { InputError } from "../../provider/core/errors";
import { CLOUDFLARE } from "../../servers/cloudflare-addresses";
import { printable, problemLine } from "../../servers/parsing";
import { parseSecondary } from "../../servers/secondary-addresses";
import type { SavedResource } from "../stack/deployment";
import { parseJson } from "../stack/parse-json";
import { savedZones } from "../stack/saved-zones";

/** Where the secondary is, from a file; `undefined` without one. */
export async function addressesOf(file: string | undefined): Promise<unknown> {
  if (file === undefined) return undefined;
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new InputError(
      `--cloudflare-addresses: ${file} cannot be read (${error.code ?? error.message}).\nNext: give its path from the current folder, or its absolute path.`,
    );
  });
  const json = parseJson(text);
  if (json === undefined)
    throw new InputError(
      `--cloudflare-addresses: ${file} is not JSON.\nNext: write it as { "transferFrom": ["192.0.2.1"], "notify": [{ "address": "192.0.2.2", "port": 53 }] }.`,
    );
  const parsed = parseSecondary(json.value);
  if ("value" in parsed) return json.value;
  throw new InputError(["--cloudflare-addresses:", ...parsed.problems.map(problemLine)].join("\n  "));
}

/** A line for zones of which an earlier release did not save that the program has addresses of its own; their last text shows it. */
export function otherAddresses(resources: readonly SavedResource[]): string {
  const others = savedZones(resources).zones.filter(
    ({ cloudflareAddresses, lastConfig }) =>
      cloudflareAddresses === undefined && hasOtherAddresses(lastConfig),
  );
  if (others.length === 0) return "";
  const names = others.map(({ zoneName }) => printable(zoneName)).join(", ");
  return `For ${names}, the program sets cloudflareAddresses, but what follows has Cloudflare's own.\nNext: run "pulumi up", which saves them, or give them with --cloudflare-addresses FILE.\n\n`;
}

function hasOtherAddresses(config: unknown): boolean {
  const text = typeof config === "object" && config !== null ? Reflect.get(config, "bind") : undefined;
  return (
    typeof text === "string" &&
    text.includes("acl ") &&
    !CLOUDFLARE.transferFrom.some((from) => text.includes(from))
  );
}
