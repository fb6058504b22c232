import type { PrimaryState } from "./state";
import { primaryStateSchema } from "./state-schema";

/** Addresses for documentation (RFC 5737, RFC 3849), a wildcard and an alias: something of each to ask for. */
const RECORDS = [
  { name: "@", type: "NS", value: "ns1" },
  { name: "@", type: "A", value: "192.0.2.1" },
  { name: "@", type: "AAAA", value: "2001:db8::1" },
  { name: "@", type: "MX", value: "10 mail" },
  { name: "@", type: "TXT", value: "v=spf1 -all" },
  { name: "ns1", type: "A", value: "192.0.2.53" },
  { name: "mail", type: "A", value: "192.0.2.25" },
  { name: "www", type: "CNAME", value: "@" },
  { name: "*.wild", type: "A", value: "192.0.2.77" },
];

/** A signed zone for each name, which nobody may transfer before a key is given. */
export function initialPrimaryState(zoneNames: readonly string[], keyTtl: number): PrimaryState {
  return primaryStateSchema.parse({
    keys: {},
    zones: Object.fromEntries(zoneNames.map((name) => [name, { records: RECORDS, keyTtl }])),
  });
}
