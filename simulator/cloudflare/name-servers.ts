import type { Zone } from "../state";

const SECONDARY = ["ns0001.secondary.cloudflare.com", "ns0002.secondary.cloudflare.com"];
const PRIMARY = ["ada.ns.cloudflare.com", "bob.ns.cloudflare.com"];

/** The names that Cloudflare gives a zone to be delegated to; a secondary zone has others than the rest. */
export function nameServersFor(type: Zone["type"] | undefined): readonly string[] {
  return type === "secondary" ? SECONDARY : PRIMARY;
}

export const ALL_NAME_SERVERS: readonly string[] = [...SECONDARY, ...PRIMARY];
