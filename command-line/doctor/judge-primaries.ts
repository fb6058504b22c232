import type { PrimaryView } from "../../provider/chain/decide";
import { servedSerial } from "../../provider/chain/transfer-progress";
import type { ZoneView } from "../../provider/chain/zone-view";
import type { FailureCause } from "../../provider/dns/failure";
import { isOlder } from "../../provider/dns/serial-order";
import { type FindingCode, type Found, fault, ok, type Verdict, warning } from "./finding";
import type { Seen } from "./seen";
import { servingBy } from "./serving";
import { failureWords, kindOf, nameOf, spanOf, tagsOf, timeOf } from "./words";

/** What is found at each primary, asked as Cloudflare asks it: with its key. */
export function judgePrimaries(seen: Seen): readonly Found[] {
  return seen.chain.primaries.flatMap((each) => judgePrimary(seen, each));
}

function judgePrimary(seen: Seen, { primary, view }: PrimaryView): readonly Found[] {
  if (!view.ok) {
    const { code, verdict } = FAILURES[view.failure.cause.kind];
    return [{ code, verdict, ...failureWords(view.failure) }];
  }
  const name = `The primary ${nameOf(primary)}`;
  const found = [
    ...signingFindings(seen, name, view.value),
    ...serialFindings(seen, name, view.value.serial),
    ...unionFindings(seen, name, view.value),
  ];
  if (found.length > 0) return found;
  return [
    ok(
      "primary-ok",
      `${name}: serial ${view.value.serial}, ${signingOf(view.value)}; ${transferOf(seen, primary)}.`,
    ),
  ];
}

const FAILURES: Readonly<
  Record<FailureCause["kind"], { readonly code: FindingCode; readonly verdict: Verdict }>
> = {
  unreachable: { code: "primary-unreachable", verdict: "fault" },
  // A firewall may let Cloudflare in and not this machine.
  silent: { code: "primary-silent", verdict: "warning" },
  refused: { code: "primary-refuses", verdict: "warning" },
  "unknown-key": { code: "key-unknown", verdict: "fault" },
  "wrong-secret": { code: "key-wrong", verdict: "fault" },
  "key-refused": { code: "key-refused", verdict: "fault" },
  "no-key": { code: "key-missing", verdict: "fault" },
  clock: { code: "clock-off", verdict: "fault" },
  "not-authoritative": { code: "primary-lacks-zone", verdict: "fault" },
  failed: { code: "primary-fails", verdict: "fault" },
  "unsigned-answer": { code: "answer-forged", verdict: "fault" },
  "forged-answer": { code: "answer-forged", verdict: "fault" },
  garbled: { code: "primary-fails", verdict: "fault" },
};

function signingOf(view: ZoneView): string {
  if (!view.isSigned) return "unsigned";
  const until = view.expires === undefined ? "" : `, until ${timeOf(view.expires)}`;
  return `signed with ${kindOf(view)} by ${tagsOf(view.signers)}${until}`;
}

function transferOf({ transfers }: Seen, { address, port, key }: PrimaryView["primary"]): string {
  const probe = transfers.find(({ primary }) => primary.address === address && primary.port === port);
  if (probe?.refusal === undefined) return "it transfers the zone to this machine too";
  const accepted = probe.acceptsKey && key !== undefined ? "it accepts the key and " : "it ";
  return `${accepted}does not transfer to this machine, as it need not`;
}

/** Of a zone whose signatures Cloudflare serves as they are. */
function signingFindings(seen: Seen, name: string, view: ZoneView): Found[] {
  const { signer, nsec3 } = servingBy(seen.dnssec);
  if (signer !== "primary") return [];
  const { zoneName, now } = seen;
  if (view.ended !== undefined)
    return [
      fault(
        "signatures-expired",
        `${name}: the signatures of ${zoneName} ended at ${timeOf(view.ended)}.`,
        "see there why it does not sign any more (BIND: rndc dnssec -status ZONE; Knot: knotc zone-sign ZONE), and run NSD's script.",
      ),
    ];
  if (!view.isSigned)
    return [
      fault(
        "zone-unsigned",
        `${name} serves ${zoneName} without signatures that verify, and Cloudflare answers REFUSED for a presigned zone without them.`,
        "sign the zone there, as npx pulumi-secondary-dns primary-config shows.",
      ),
    ];
  const found: Found[] = [];
  if (view.denial.kind !== (nsec3 ? "nsec3" : "nsec"))
    found.push(
      fault(
        "denial-differs",
        `${name} signs ${zoneName} with ${kindOf(view)}, and Cloudflare is told ${nsec3 ? "NSEC3" : "NSEC"}: it answers REFUSED.`,
        `say dnssec.nsec3: ${!nsec3} in the program, or sign with ${nsec3 ? "NSEC3" : "NSEC"} there.`,
      ),
    );
  const left = (view.expires ?? Number.POSITIVE_INFINITY) - now / 1_000;
  const refresh = seen.incoming?.auto_refresh_seconds ?? 0;
  if (left < 2 * refresh)
    found.push(
      warning(
        "signatures-end-soon",
        `${name}: signatures of ${zoneName} end in ${spanOf(left)}, and Cloudflare may not look for ${spanOf(refresh)} when it hears no NOTIFY.`,
        "sign again there, sooner before the end, as npx pulumi-secondary-dns primary-config shows; or let Cloudflare look more often (autoRefreshSeconds).",
      ),
    );
  return found;
}

function serialFindings({ incoming, zoneName, now }: Seen, name: string, serial: number): Found[] {
  const served = incoming && servedSerial(incoming, serial);
  if (incoming === undefined || served === undefined || served === serial) return [];
  if (isOlder(serial, served))
    return [
      fault(
        "serial-ahead",
        `${name} has ${zoneName} with serial ${serial}, older than ${served}, which Cloudflare has: a secondary does not go back (RFC 1982).`,
        `raise the serial there above ${served}.`,
      ),
    ];
  const looked = Date.parse(incoming.checked_time ?? "");
  const isLate = !(now - looked < incoming.auto_refresh_seconds * 1_000);
  return [
    (isLate ? fault : warning)(
      "serial-behind",
      `Cloudflare has ${zoneName} with serial ${served}, and ${nameWithin(name)} has ${serial}.`,
      "see that the primary sends NOTIFY to Cloudflare's addresses and lets them transfer, as npx pulumi-secondary-dns primary-config shows.",
    ),
  ];
}

/** Of a multi-signer zone each side publishes the other's zone-signing keys (RFC 8901 section 2.1.2). */
function unionFindings(seen: Seen, name: string, view: ZoneView): Found[] {
  if (servingBy(seen.dnssec).signer !== "both") return [];
  const served = seen.nameServers.flatMap((each) => (each.view.ok ? [each.view.value.dnskeys] : []));
  const [atCloudflare] = served;
  if (atCloudflare === undefined) return [];
  const lacks = (some: ZoneView["dnskeys"], others: ZoneView["dnskeys"]) =>
    others.filter(
      ({ flags, publicKey }) =>
        flags === ZONE_SIGNING && !some.some((key) => key.publicKey.equals(publicKey)),
    );
  const [missingHere, missingThere] = [lacks(view.dnskeys, atCloudflare), lacks(atCloudflare, view.dnskeys)];
  const sides = [
    ...(missingHere.length > 0 ? [`${name} lacks Cloudflare's (${tagsOf(missingHere)})`] : []),
    ...(missingThere.length > 0
      ? [`Cloudflare lacks those of ${nameWithin(name)} (${tagsOf(missingThere)})`]
      : []),
  ];
  if (sides.length === 0) return [];
  return [
    fault(
      "signer-keys-missing",
      `Each signer of ${seen.zoneName} has to have the other's zone-signing keys among its DNSKEYs: ${sides.join("; ")}.`,
      "put Cloudflare's key on the primary, as npx pulumi-secondary-dns primary-config shows; the primary's come by the transfer.",
    ),
  ];
}

const ZONE_SIGNING = 256;

function nameWithin(name: string): string {
  return name.replace(/^The/, "the");
}
