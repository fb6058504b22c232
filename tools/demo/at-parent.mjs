// @ts-check
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { root } from "../setup/run.mjs";

const PATIENCE_MS = 30_000;

/**
 * Asks the resolver for a zone's DS until it has one from the parent; gives the rdata.
 * @param {{ dns: string, zone: string }} asked
 * @returns {Promise<string>}
 */
export async function dsAtParent({ dns, zone }) {
  const [address = "", port = ""] = dns.split(":");
  const load = createRequire(import.meta.url);
  /** @type {typeof import("../../provider/chain/observe/parent.js")} */
  const { observeParent } = load(join(root, "dist/provider/chain/observe/parent"));
  /** @type {typeof import("../../provider/dns/ds-text.js")} */
  const { rdataOf } = load(join(root, "dist/provider/dns/ds-text"));
  for (const end = Date.now() + PATIENCE_MS; ; await wait(100)) {
    const parent = await observeParent(zone, [{ name: dns, address, port: Number(port) }]);
    const [ds] = parent.kind === "seen" ? parent.byResolver.ds : [];
    if (ds !== undefined) return rdataOf(ds);
    if (Date.now() > end) throw new Error(`the resolver ${dns} has no DS of ${zone}`);
  }
}
