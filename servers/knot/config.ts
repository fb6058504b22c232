import { withoutDot } from "../../provider/dns/domain-name";
import { heading, NOTIFY_SOURCE, ONE_KEY_BLOCK } from "../notes";
import type { PrimaryZone, TransferKey, Zones } from "../primary-zone";
import { type KeyOfZone, keysOf, keysOfEach, onlyZone, SharedParts } from "../shared-parts";
import { shortName, shortText } from "../zone-name";
import { knotPolicy, policyWish, signingLines, signingNotes } from "./signing";

/** For knot.conf; an ACL's address and key both have to match. The key alone is enough for questions, not for transfers. */
export function knotConfig(zones: Zones): string {
  const parts = partsOf(zones);
  const policies = parts.policies.all.flatMap(({ name, part }) => (part ? knotPolicy(name, part) : []));
  const all = [
    `# ${heading(zones)}`,
    `# ${ONE_KEY_BLOCK}`,
    "key:",
    ...keysOf(zones).flatMap(keyLines),
    `# ${NOTIFY_SOURCE}`,
    "remote:",
    ...parts.remotes.all.flatMap(({ name, part }) => [
      `  - id: "${name}"`,
      `    address: [${part.to.map(({ address, port }) => `${address}@${port}`).join(", ")}]`,
      `    key: "${part.key}"`,
    ]),
    "acl:",
    ...parts.transfers.all.flatMap(({ name, part }) => [
      `  - id: "${name}"`,
      `    address: [${part.from.join(", ")}]`,
      `    key: "${part.key}"`,
      "    action: transfer",
    ]),
    // Knot takes a signed question from nowhere else without this, and Pulumi asks with the key for the SOA.
    ...parts.questions.all.flatMap(({ name, part }) => [
      `  - id: "${name}"`,
      `    key: "${part.key}"`,
      "    action: query",
    ]),
    ...(policies.length === 0 ? [] : ["policy:", ...policies]),
    ...[...ZONE_NOTES, ...signingNotes(zones)].map((line) => `# ${line}`),
    "zone:",
    ...zones.flatMap((zone) => zoneLines(zone, parts)),
  ];
  return `${all.join("\n")}\n`;
}

const ZONE_NOTES = [
  "Replaces the zone's own block: add other secondaries, their remote ids to notify and their acl ids to acl. The file is in the",
  'storage of the zone\'s template, the keys it is signed with are in the folder "keys" in the storage of the database.',
];

type Parts = ReturnType<typeof partsOf>;

/** One remote and one ACL for each key: the secondary answers the NOTIFY that is signed with the key in use. */
function partsOf(zones: Zones) {
  const users = keysOfEach(zones);
  const only = onlyZone(zones);
  const of = only === undefined ? "" : `${only}-`;
  return {
    remotes: new SharedParts(
      users,
      ({ zone, key }) => ({ key: idOf(key), to: zone.secondary.notify }),
      ({ key }) => `${of}at-cloudflare-by-${shortText(key)}`,
    ),
    transfers: new SharedParts(
      users,
      ({ zone, key }) => ({ key: idOf(key), from: zone.secondary.transferFrom }),
      ({ key }) => `${of}to-cloudflare-by-${shortText(key)}`,
    ),
    questions: new SharedParts(
      users,
      ({ key }) => ({ key: idOf(key) }),
      ({ key }) => `${of}asked-by-${shortText(key)}`,
    ),
    policies: new SharedParts(
      zones,
      policyWish,
      (policy) => `${of}for-cloudflare${only === undefined ? `-${policy?.denial ?? ""}` : ""}`,
    ),
  };
}

function idOf({ name }: TransferKey): string {
  return withoutDot(name);
}

function keyLines(key: TransferKey): string[] {
  return [
    `  - id: "${idOf(key)}"`,
    `    algorithm: "${withoutDot(key.algorithm)}"`,
    `    secret: "${key.secret}"`,
  ];
}

function zoneLines(zone: PrimaryZone, { remotes, transfers, questions, policies }: Parts): string[] {
  const keys = keysOfEach([zone]);
  return [
    `  - domain: "${withoutDot(zone.name)}"`,
    `    file: "${shortName(zone.name)}.zone"`,
    "    zonefile-sync: -1",
    "    zonefile-load: difference-no-serial",
    "    journal-content: all",
    ...signingLines(zone, policies.nameFor(zone)).map((line) => `    ${line}`),
    `    notify: ${list(keys.map((key) => remotes.nameFor(key)))}`,
    `    acl: ${list(keys.flatMap((key: KeyOfZone) => [transfers.nameFor(key), questions.nameFor(key)]))}`,
  ];
}

function list(items: readonly string[]): string {
  return `[${items.map((item) => `"${item}"`).join(", ")}]`;
}
