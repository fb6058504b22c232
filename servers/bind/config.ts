import { withoutDot } from "../../provider/dns/domain-name";
import { heading, NOTIFY_SOURCE, ONE_KEY_BLOCK, SIGNED_ALREADY } from "../notes";
import type { PrimaryZone, TransferKey, Zones } from "../primary-zone";
import { keysOf, onlyZone, SharedParts } from "../shared-parts";
import { shortName } from "../zone-name";
import { bindPolicy, policyWish, signingNotes } from "./signing";

/** For named.conf; allows a transfer only to Cloudflare's addresses and with the key, both. */
export function bindConfig(zones: Zones): string {
  const { acls, policies } = partsOf(zones);
  const all = [
    `// ${heading(zones)}`,
    `// ${ONE_KEY_BLOCK}`,
    ...keysOf(zones).flatMap(keyLines),
    ...acls.all.flatMap(({ name, part }) => [
      `acl "${name}" {`,
      ...part.map((network) => `    ${network};`),
      "};",
    ]),
    ...policies.all.flatMap(({ name, part }) => (part ? bindPolicy(name, part) : [])),
    ...[...ZONE_NOTES, ...signingNotes(zones)].map((line) => `// ${line}`),
    ...zones.flatMap((zone) => zoneLines(zone, acls.nameFor(zone), policies.nameFor(zone))),
  ];
  return `${all.join("\n")}\n`;
}

const ZONE_NOTES = [
  "Replaces the zone's own block. With views, it goes into the view that Cloudflare's addresses match; all above stays outside.",
  "The file is in named's directory, and so are the keys it is signed with; named writes .signed, .jbk and .jnl files beside it.",
  'Other secondaries go before "!{" (entries after it apply to Cloudflare alone), and into also-notify (no other server is notified).',
  NOTIFY_SOURCE,
];

function partsOf(zones: Zones) {
  const only = onlyZone(zones);
  return {
    acls: new SharedParts(
      zones,
      ({ secondary }) => secondary.transferFrom,
      () => (only === undefined ? "cloudflare" : `cloudflare-for-${only}`),
    ),
    policies: new SharedParts(zones, policyWish, (policy) =>
      only === undefined ? `for-cloudflare-${policy?.denial ?? ""}` : `${only}-for-cloudflare`,
    ),
  };
}

function keyLines({ name, algorithm, secret }: TransferKey): string[] {
  return [`key "${name}" {`, `    algorithm "${withoutDot(algorithm)}";`, `    secret "${secret}";`, "};"];
}

function zoneLines(zone: PrimaryZone, acl: string, policy: string): string[] {
  const { name, keys, secondary } = zone;
  // One for each key: the secondary answers the one that is signed with the key in use.
  const notify = keys.flatMap((key) =>
    secondary.notify.map(({ address, port }) => `        ${address} port ${port} key "${key.name}";`),
  );
  return [
    `zone "${withoutDot(name)}" {`,
    "    type primary;",
    `    file "${shortName(name)}.zone";`,
    "    inline-signing yes;",
    `    ${policyLine(zone, policy)}`,
    `    allow-transfer { !{ !"${acl}"; any; };${keys.map((key) => ` key "${key.name}";`).join("")} };`,
    "    notify explicit;",
    "    also-notify {",
    ...notify,
    "    };",
    "};",
  ];
}

function policyLine({ signing, policy: own }: PrimaryZone, policy: string): string {
  if (signing.by === "nobody") return "dnssec-policy insecure;";
  return own === undefined ? `dnssec-policy "${policy}"; // ${SIGNED_ALREADY}` : `dnssec-policy "${own}";`;
}
