import { signingOf } from "../../components/dnssec-choice";
import { withoutDot } from "../../provider/dns/domain-name";
import { parseZone, type RawKey } from "../../servers/parse-zone";
import { printable, problemLine } from "../../servers/parsing";
import type { PrimaryZone } from "../../servers/primary-zone";
import type { SavedResource } from "../stack/deployment";
import { keysOf, type SavedZone, savedZones } from "../stack/saved-zones";

/** A zone of the stack, or why there is no configuration for it. */
export type ZoneOfStack =
  | { readonly zoneName: string; readonly zone: PrimaryZone }
  | { readonly zoneName: string; readonly why: string };

/** What each zone's primary must know, from what the state has of it: it is foreign text until it is parsed. */
export function zonesOfStack(
  resources: readonly SavedResource[],
  cloudflareAddresses: unknown,
): readonly ZoneOfStack[] {
  const { zones, unreadable } = savedZones(resources);
  return [
    ...zones.map((saved) => zoneOf(saved, resources, cloudflareAddresses)),
    ...unreadable.map((name) => ({
      zoneName: printable(name),
      why: 'its inputs in the state were saved by another release.\nNext: run "pulumi up" with the installed release.',
    })),
  ];
}

function zoneOf(
  saved: SavedZone,
  resources: readonly SavedResource[],
  cloudflareAddresses: unknown,
): ZoneOfStack {
  const zoneName = printable(withoutDot(saved.zoneName.toLowerCase()));
  const keys = keysOf(saved, resources).flatMap(keyOf);
  if (keys.length === 0)
    return {
      zoneName,
      why: 'its TSIG key does not exist yet.\nNext: run "pulumi up", which creates the key first; this works even if it fails later.',
    };
  const { signing, nsec3, primaryPolicy } = saved.dnssec;
  const autoRefreshSeconds = saved.children("IncomingTransfer")[0]?.inputs.autoRefreshSeconds;
  const parsed = parseZone({
    zoneName: saved.zoneName,
    keys,
    signing: signingOf({ signing, nsec3: nsec3 ?? false }),
    policy: primaryPolicy ?? undefined,
    cloudflareAddresses: cloudflareAddresses ?? saved.cloudflareAddresses,
    autoRefreshSeconds,
  });
  if ("value" in parsed) return { zoneName, zone: parsed.value };
  return {
    zoneName,
    why: ["what the state has cannot be in a configuration:", ...parsed.problems.map(problemLine)].join(
      "\n  ",
    ),
  };
}

function keyOf({ outputs: { name, algo, secret } }: SavedResource): RawKey[] {
  const isKnown = typeof name === "string" && typeof algo === "string" && typeof secret === "string";
  return isKnown ? [{ name, algo, secret }] : [];
}
