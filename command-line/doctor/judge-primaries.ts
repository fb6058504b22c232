import type { PrimaryView } from "../../provider/chain/view/chain-view";
import type { ZoneView } from "../../provider/chain/view/zone-view";
import type { FailureCause } from "../../provider/dns/failure";
import { nameAndAddress } from "../../provider/dns/primary";
import { statusLines } from "../../provider/primary/server-lines";
import { type FindingCode, type Found, fault, ok, type Verdict, warning } from "./finding";
import { judgeCds } from "./judge-cds";
import { judgeDenial } from "./judge-denial";
import { judgeDifferences } from "./judge-differences";
import { judgeSerial } from "./judge-serial";
import { judgeUnion } from "./judge-union";
import type { AskedPrimary, Seen } from "./seen";
import { servingBy } from "./serving";
import { failureWords, kindOf, spanOf, tagsOf, timeOf } from "./words";

/** What is found at each primary, asked as Cloudflare asks it: with its key. */
export function judgePrimaries(seen: Seen): readonly Found[] {
  const atEach = seen.chain.primaries.flatMap((each) =>
    judgePrimary(seen, each).map((found) => ({ ...found, primary: each.primary })),
  );
  return [...atEach, ...judgeDifferences(seen)];
}

function judgePrimary(seen: Seen, { primary, view, isTransferSigned }: PrimaryView): readonly Found[] {
  if (!view.ok) {
    return [{ ...verdictOn(view.failure.cause), ...failureWords(view.failure) }];
  }
  const name = `The primary ${nameAndAddress(primary)}`;
  const asked = { primary, name, view: view.value };
  const found = [
    ...signingFindings(seen, asked, isTransferSigned),
    ...expireFindings(seen, name, view.value),
    ...judgeSerial(seen, asked),
    ...judgeUnion(seen, name, view.value),
    ...judgeCds(seen, asked),
  ];
  if (found.length > 0) return found;
  return [
    ok(
      "primary-ok",
      `${name}: serial ${view.value.serial}, ${signingOf(view.value)}; ${transferOf(seen, primary)}.`,
    ),
  ];
}

interface CodedVerdict {
  readonly code: FindingCode;
  readonly verdict: Verdict;
}

function verdictOn(cause: FailureCause): CodedVerdict {
  // Cloudflare may well have one, as to an IPv6 address.
  if (cause.kind === "unreachable" && cause.noRoute)
    return { code: "primary-unreachable", verdict: "warning" };
  return FAILURES[cause.kind];
}

const FAILURES: Readonly<Record<FailureCause["kind"], CodedVerdict>> = {
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
  if (view.ended !== undefined) return `its signatures expired at ${timeOf(view.ended)}`;
  if (view.begins !== undefined) return `its signatures are valid only from ${timeOf(view.begins)}`;
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

/** Of a zone that its primary signs, alone or beside Cloudflare, or would if presigned were turned on. */
function signingFindings(seen: Seen, asked: AskedPrimary, isTransferSigned: boolean | undefined): Found[] {
  const { signer, nsec3 } = servingBy(seen.dnssec);
  if (signer === "cloudflare") return [];
  const { zoneName } = seen;
  const { name, view } = asked;
  const invalid = invalidNow(zoneName, asked);
  if (signer === "none") {
    const unfit = view.isSigned
      ? [
          ...unsignedTransfer(zoneName, name, isTransferSigned),
          ...judgeDenial(zoneName, name, view, undefined),
        ]
      : invalid;
    return unfit.map((each) => ({ ...each, verdict: "warning" }));
  }
  if (invalid.length > 0) return invalid;
  if (!view.isSigned)
    return [
      fault(
        "zone-unsigned",
        `${name} serves ${zoneName} without signatures that verify, and ${signer === "primary" ? "Cloudflare answers REFUSED for a presigned zone without them" : "each signer of a multi-signer zone has to sign it"}.`,
        "sign the zone there, as npx pulumi-secondary-dns primary-config shows.",
      ),
    ];
  if (signer === "both") return judgeDenial(zoneName, name, view, undefined);
  return [
    ...unsignedTransfer(zoneName, name, isTransferSigned),
    ...judgeDenial(zoneName, name, view, nsec3),
    ...endFindings(seen, name, view),
  ];
}

/** Signatures that are there, and not in force. */
function invalidNow(zoneName: string, { primary, name, view }: AskedPrimary): Found[] {
  if (view.ended !== undefined)
    return [
      fault(
        "signatures-expired",
        `${name}: the signatures of ${zoneName} expired at ${timeOf(view.ended)}.`,
        "find out there why it no longer signs:",
        ...statusLines({ zone: zoneName, primary }).map((line) => `  ${line}`),
      ),
    ];
  if (view.begins !== undefined)
    return [
      fault(
        "signatures-not-yet-valid",
        `${name}: the signatures of ${zoneName} are valid only from ${timeOf(view.begins)}.`,
        "correct whichever clock is wrong, the primary's or this machine's, then sign the zone again at the primary.",
      ),
    ];
  return [];
}

function unsignedTransfer(zoneName: string, name: string, isTransferSigned: boolean | undefined): Found[] {
  if (isTransferSigned !== false) return [];
  return [
    fault(
      "transfer-unsigned",
      `${name} signs its responses for ${zoneName}, but its zone transfer (AXFR) has no signatures: Cloudflare answers REFUSED for a presigned zone without them.`,
      "sign the zone itself there (in Knot by dnssec-signing, not mod-onlinesign), as npx pulumi-secondary-dns primary-config shows.",
    ),
  ];
}

/** Cloudflare may miss a NOTIFY and a look, and serves what it has until then. */
function endFindings({ zoneName, incoming, now }: Seen, name: string, { expires }: ZoneView): Found[] {
  const left = (expires ?? Number.POSITIVE_INFINITY) - now / 1_000;
  const refresh = incoming?.auto_refresh_seconds ?? 0;
  if (left >= 2 * refresh) return [];
  return [
    warning(
      "signatures-end-soon",
      `${name}: signatures of ${zoneName} expire in ${spanOf(left)}, and without a NOTIFY Cloudflare may not check for ${spanOf(refresh)}.`,
      "sign the zone again there, and renew signatures earlier, as npx pulumi-secondary-dns primary-config shows; or let Cloudflare check more often (autoRefreshSeconds).",
    ),
  ];
}

function expireFindings({ zoneName, incoming }: Seen, name: string, { soaExpire }: ZoneView): Found[] {
  const refresh = incoming?.auto_refresh_seconds ?? 0;
  if (soaExpire >= 2 * refresh) return [];
  return [
    warning(
      "expire-short",
      `${name}: its SOA lets ${zoneName} expire at a secondary after ${spanOf(soaExpire)} without contact, and Cloudflare may not check for ${spanOf(refresh)}: one failed check is enough.`,
      "set the SOA's expire to 14 days or more there (RFC 1912 section 2.2), or let Cloudflare check more often (autoRefreshSeconds).",
    ),
  ];
}
