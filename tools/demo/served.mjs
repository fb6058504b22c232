// @ts-check
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { runCommand } from "../driver/command.cjs";
import { root } from "../setup/run.mjs";
import { isInstalled, searchPath } from "./server-process.mjs";

/**
 * What a validator with the zone's DS thinks of what the secondary serves: delv where there is one, else the
 * package's own look at the signatures.
 * @param {{ dns: string, zone: string, ds: string, folder: string, through?: string }} chain `ds` is the rdata
 * @returns {Promise<string[]>}
 */
export async function validated({ dns, zone, ds, folder, through = "at the secondary" }) {
  const [host = "", port = ""] = dns.split(":");
  const [, data = "", digest = ""] = /^(\d+ \d+ \d+) (\S+)/.exec(ds) ?? [];
  if (!isInstalled("delv")) return [await signedByDs({ host, port: Number(port), zone, digest })];
  const anchor = join(folder, "anchor.conf");
  await writeFile(anchor, `trust-anchors { "${zone}" static-ds ${data} "${digest}"; };\n`);
  const names = [zone, `nope.${zone}`];
  return Promise.all(
    names.map(async (name) => {
      const asked = [`@${host}`, "-p", port, "-a", anchor, `+root=${zone}`, name, "A"];
      const { output } = await runCommand("delv", asked, { env: { ...process.env, PATH: searchPath } });
      const verdict = output.split("\n").find((line) => line.includes("fully validated"));
      if (verdict === undefined) throw new Error(`delv does not validate ${name}:\n${output}`);
      return `delv ${name} A ${through}${verdict}`;
    }),
  );
}

/** @param {{ host: string, port: number, zone: string, digest: string }} asked */
async function signedByDs({ host, port, zone, digest }) {
  const load = createRequire(import.meta.url);
  const { observeServer } = load(join(root, "dist/provider/chain/observe/observe-server"));
  const { dsOf } = load(join(root, "dist/provider/dns/ds"));
  const seen = await observeServer({ name: host, address: host, port }, zone);
  const signers = seen.ok && seen.value.isSigned ? seen.value.signers : [];
  const isMade = signers.some(
    (/** @type {import("../../provider/dns/ds.js").Dnskey} */ key) => dsOf(zone, key, 2).digest === digest,
  );
  if (!isMade) throw new Error(`the secondary does not serve ${zone} signed by the key of its DS`);
  return `The secondary serves ${zone}, signed by the key of its DS (no delv here to ask more).`;
}
