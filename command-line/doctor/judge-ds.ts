import { type DsSet, textOf } from "../../provider/chain/parent-view";
import {
  type Dnskey,
  type DsData,
  dsOf,
  formatDs,
  isDsOf,
  keyTagOf,
  strongestOf,
} from "../../provider/dns/ds";
import { type Found, fault, warning } from "./finding";
import type { Seen } from "./seen";
import { servingBy } from "./serving";
import { type SignersAt, signersOf } from "./signers";
import { wantedDs } from "./wanted-ds";
import { tagsOf } from "./words";

/** Of servers of the parent that differ the one that does most harm counts: a resolver may ask any. */
export function judgeDs(seen: Seen, sets: readonly DsSet[]): Found[] {
  const found = sets.map(({ ds }) => dsFindings(seen, ds));
  const isFault = ({ verdict }: Found) => verdict === "fault";
  return found.find((each) => each.some(isFault)) ?? found.find((each) => each.length > 0) ?? [];
}

function dsFindings(seen: Seen, ds: readonly DsData[]): Found[] {
  const { zoneName } = seen;
  const { signer } = servingBy(seen.dnssec);
  if (signer === "none") {
    if (ds.length === 0) return [];
    return [
      fault(
        "ds-without-signatures",
        `The parent has a DS of ${zoneName} (${listOf(ds)}), but Cloudflare serves it unsigned: validating resolvers answer SERVFAIL.`,
        "remove the DS at the registrar, or turn DNSSEC on again.",
      ),
    ];
  }
  const signers = signersOf(seen);
  if (ds.length === 0) return [missing(seen, signers)];
  const strangers = signers.filter(
    ({ trusted }) => !trusted.some((key) => strongestOf(ds).some((each) => isDsOf(each, zoneName, key))),
  );
  return strangers.map((each) => foreign(zoneName, ds, each));
}

function missing(seen: Seen, signers: readonly SignersAt[]): Found {
  const { zoneName } = seen;
  const wanted = wantedDs(seen, signers);
  const told = (why: string, ...next: readonly string[]) =>
    warning(
      "ds-missing",
      `${zoneName} is signed and the parent has no DS, so nobody validates it${why}.`,
      ...next,
    );
  switch (wanted.kind) {
    case "no DS":
      return told(
        ". The zone asks for that itself, by the CDS 0 0 0 00 (RFC 8078)",
        "if it is to be validated, take that CDS out where the zone is signed, then run this again, which says which DS to publish.",
      );
    case "no common key":
      return told(
        "",
        "publish no DS yet, as no key is seen to sign the zone everywhere: wait until Cloudflare serves what the primaries have, then run this again.",
      );
    case "keys":
      return told(
        "",
        "give the registrar this DS, of what signs now:",
        ...wanted.keys.map((key) => `  ${formatDs(zoneName, dsOf(zoneName, key, 2))}`),
        '"pulumi up --refresh" brings the stack\'s output ds up to date with it.',
      );
  }
}

function foreign(zoneName: string, ds: readonly DsData[], { where, keys }: SignersAt): Found {
  return fault(
    "ds-foreign",
    `The DS of ${zoneName} at the parent (${listOf(ds)}) matches none of the keys that sign it ${where} (${tagsOf(keys)})${weakerNote(zoneName, ds, keys)}: validating resolvers answer SERVFAIL, or will.`,
    `add the DS of ${keys.map((key) => String(keyTagOf(key))).join(" or ")} at the registrar beside what is there, and remove the other when its TTL has passed.`,
  );
}

function weakerNote(zoneName: string, ds: readonly DsData[], keys: readonly Dnskey[]): string {
  const weaker = ds.find((each) => keys.some((key) => isDsOf(each, zoneName, key)));
  return weaker === undefined
    ? ""
    : `, save one of digest type ${weaker.digestType}, which does not count beside a stronger one`;
}

export function listOf(ds: readonly DsData[]): string {
  return ds
    .map(textOf)
    .map((text) => (text.length > 32 ? `${text.slice(0, 24)}…` : text))
    .join(" and ");
}
