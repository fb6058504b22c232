import { withoutDot } from "../../provider/dns/domain-name";
import { heading, multiSignerNotes, NOTIFY_SOURCE, notesOf, ONE_KEY_BLOCK } from "../notes";
import type { PrimaryZone, Zones } from "../primary-zone";
import { keysOf } from "../shared-parts";
import { refreshWarning } from "../signature-times";
import { shortName } from "../zone-name";
import { scriptLines } from "./script";

/** The script is run every two weeks, and ldns-signzone signs for four. */
const REMAINING_DAYS = 14;

/** For nsd.conf. NSD does not sign: a script makes the zone file that it serves. */
export function nsdConfig(zones: Zones): string {
  const all = [
    `# ${heading(zones)}`,
    ...scriptHelp(zones).map((line) => `# ${line}`),
    ...scriptLines(zones).map((line) => `#   ${line}`),
    `# ${ONE_KEY_BLOCK}`,
    ...keysOf(zones).flatMap(({ name, algorithm, secret }) => [
      "key:",
      `    name: "${name}"`,
      `    algorithm: "${withoutDot(algorithm)}"`,
      `    secret: "${secret}"`,
    ]),
    "# Replaces the zone's own block: add a provide-xfr and a notify line for each other secondary.",
    `# ${NOTIFY_SOURCE}`,
    ...zones.flatMap(zoneLines),
  ];
  return `${all.join("\n")}\n`;
}

function scriptHelp(zones: Zones): string[] {
  return [
    "NSD does not sign, so it serves the .signed files that these lines make. Save them, without the #, as a script beside the zone files",
    "in NSD's zonesdir, and run it before the first load, after each change and, from cron, at least every two weeks: signatures last",
    "four. It adds the minutes since 1970 to the serial.",
    ...notesOf(zones, {
      signed: [
        "The names of the signing keys (K...) are in the .ksk and .zsk files: of a zone that is signed already, write them there first,",
        "and see that its serial does not fall.",
      ],
      primary: ["ldns-signzone publishes no CDS, so no registry sets the DS by itself."],
      both: (zone) => [...multiSignerNotes(zone), "as a DNSKEY record in the .zone file."],
      nobody: [
        "A zone that is not to be signed and never was is only linked. One that was is signed on until its .ksk and .zsk files are emptied",
        "(: > FILE): do that when the DS is gone from the parent and its TTL is over.",
      ],
    }),
    ...new Set(
      zones.flatMap((zone) => (zone.signing.by === "nobody" ? [] : refreshWarning(zone, REMAINING_DAYS))),
    ),
  ];
}

function zoneLines({ name, keys, secondary }: PrimaryZone): string[] {
  return [
    "zone:",
    `    name: "${withoutDot(name)}"`,
    `    zonefile: "${shortName(name)}.zone.signed"`,
    ...keys.flatMap((key) => secondary.transferFrom.map((from) => `    provide-xfr: ${from} "${key.name}"`)),
    // One for each key: the secondary answers the one that is signed with the key in use.
    ...keys.flatMap((key) =>
      secondary.notify.map(({ address, port }) => `    notify: ${address}@${port} "${key.name}"`),
    ),
  ];
}
