import { servedSerial } from "../../provider/chain/guard/transfer-progress";
import { nameAndAddress } from "../../provider/dns/primary";
import { delegationAdvice } from "./delegation";
import { type Found, fault, ok, warning } from "./finding";
import type { Seen } from "./seen";
import { SIGNERS, servingBy } from "./serving";
import { notifyAdvice } from "./words";

/** What Cloudflare says of the zone. */
export function judgeCloudflare(seen: Seen): readonly Found[] {
  const found = [...zoneFindings(seen), ...transferFindings(seen), ...dnssecFindings(seen)];
  if (found.some(({ verdict }) => verdict !== "ok")) return found;
  const { incoming, dnssec, zoneName } = seen;
  const serial = incoming === undefined ? undefined : servedSerial(incoming, undefined);
  const how = SIGNERS[servingBy(dnssec).signer];
  return [
    ok(
      "cloudflare-ok",
      `Cloudflare has ${zoneName} as secondary, ${how} (DNSSEC ${dnssec.status ?? "not set up"}), serial ${serial}, ${count(incoming?.peers.length ?? 0, "primary", "primaries")}.`,
    ),
  ];
}

function zoneFindings(seen: Seen): Found[] {
  const { zone, zoneName } = seen;
  if (zone === undefined)
    return [
      warning(
        "zone-not-read",
        `The token may not read the zone ${zoneName} at Cloudflare, so its type, status and name servers are not known.`,
        'give it the permission "Zone Read".',
      ),
    ];
  const found: Found[] = [];
  if (zone.type !== "secondary")
    found.push(
      fault(
        "zone-not-secondary",
        `${zoneName} is of type ${zone.type} at Cloudflare, so it is not transferred.`,
        "make it a zone of type secondary (Enterprise).",
      ),
    );
  if (zone.paused)
    found.push(
      fault(
        "zone-paused",
        `${zoneName} is paused at Cloudflare.`,
        "unpause it: in the dashboard under Overview, Advanced Actions.",
      ),
    );
  if (zone.status && zone.status !== "active") {
    const told = zone.status === "moved" ? fault : warning;
    found.push(
      told(
        "zone-not-active",
        `${zoneName} is ${zone.status} at Cloudflare: it does not see the zone delegated to its name servers.`,
        `${delegationAdvice(seen)} Cloudflare then checks again by itself.`,
      ),
    );
  }
  return found;
}

function transferFindings({ zone, incoming, zoneName, chain }: Seen): Found[] {
  // Of another type it cannot have one.
  if (zone !== undefined && zone.type !== "secondary") return [];
  if (incoming === undefined)
    return [
      fault(
        "transfer-missing",
        `${zoneName} has no incoming transfer at Cloudflare, so nothing comes from a primary.`,
        'if the program has primaries, run "pulumi up --refresh", which recreates it; otherwise give the SecondaryZone its primaries, then run "pulumi up".',
      ),
    ];
  if (incoming.peers.length === 0)
    return [
      fault(
        "peers-missing",
        `The incoming transfer of ${zoneName} has no peer, so there is no primary to transfer from.`,
        'run "pulumi up --refresh", which puts back the peers of the program.',
      ),
    ];
  const found: Found[] = chain.unseen.map((problem) => {
    const [text = "", ...next] = problem.split("\n");
    return fault("peer-broken", text, ...next.map((line) => line.replace(/^Next: /, "")));
  });
  for (const { primary } of chain.primaries) {
    if (primary.key !== undefined) continue;
    found.push(
      warning(
        "peer-without-key",
        `Cloudflare transfers from ${nameAndAddress(primary)} without a TSIG key, so anyone on the network path can change the zone.`,
        "give the peer the zone's TSIG (tsigId).",
      ),
    );
  }
  if (servedSerial(incoming, undefined) === undefined)
    found.push(
      fault(
        "never-transferred",
        `Cloudflare has not transferred ${zoneName} yet.`,
        "fix what is found at the primaries, then have one of them send NOTIFY, which makes Cloudflare check at once:",
        ...notifyAdvice(zoneName),
      ),
    );
  return found;
}

function dnssecFindings({ dnssec, chain, zoneName }: Seen): Found[] {
  const { signer } = servingBy(dnssec);
  if (dnssec.status === "error")
    return [
      fault(
        "dnssec-error",
        `Cloudflare says that DNSSEC of ${zoneName} has an error.`,
        "look at the zone's DNS settings in the dashboard, or contact Cloudflare's support.",
      ),
    ];
  // What it lacks to be served presigned is told at the primary.
  const isSignedThere = chain.primaries.some(
    ({ view, isTransferSigned }) =>
      view.ok && view.value.isSigned && view.value.isDenialSigned !== false && isTransferSigned !== false,
  );
  if (!isSignedThere || signer === "primary" || signer === "both") return [];
  const instead =
    signer === "none" ? "serves it without signatures" : "signs it with keys of its own instead";
  return [
    warning(
      "presigned-off",
      `The primary signs ${zoneName}, and Cloudflare ${instead}: presigned is off.`,
      'if the program says presigned, run "pulumi up --refresh"; otherwise turn signing off at the primary, or set presigned in the program.',
    ),
  ];
}

function count(number: number, one: string, more: string): string {
  return `${number} ${number === 1 ? one : more}`;
}
