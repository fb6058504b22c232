import type { PrimaryView } from "../../provider/chain/view/chain-view";
import { type DsSet, textOf } from "../../provider/chain/view/parent-view";
import {
  type Dnskey,
  type DsData,
  dsOf,
  formatDs,
  isDsOf,
  keyTagOf,
  strongestOf,
} from "../../provider/dns/ds";
import { entryPoints } from "../../provider/dns/select-keys";
import { type Found, fault, warning } from "./finding";
import { differingPrimaries } from "./judge-differences";
import { isHarmful } from "./judge-transfer";
import { judgeWeakDs } from "./judge-weak-ds";
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
  const weak = judgeWeakDs(seen, ds);
  const strangers = signers.filter(
    ({ trusted }) => !trusted.some((key) => strongestOf(ds).some((each) => isDsOf(each, zoneName, key))),
  );
  const untold = strangers.filter(({ primary }) => primary === undefined || !isToldThere(seen, primary));
  const told = strangers.length === signers.length ? strangers : untold;
  return [...told.map((each) => foreign(zoneName, ds, each, uselessOf(seen, ds, signers))), ...weak];
}

/** What stands at a primary beside what is served and fits the DS is told there, with the safe order. */
function isToldThere(seen: Seen, { primary, view }: PrimaryView): boolean {
  const differing = differingPrimaries(seen) ?? [];
  return differing.some((each) => each.primary === primary) || isHarmful(seen, { primary, view });
}

/** The DS that nothing needs; none where it is not seen what all the servers of the delegation serve. */
function uselessOf(
  { otherServers }: Seen,
  ds: readonly DsData[],
  signers: readonly SignersAt[],
): readonly DsData[] {
  const isServedSeen = signers.some(({ primary }) => primary === undefined);
  if (!isServedSeen || otherServers.some(({ view }) => !view?.ok)) return [];
  const elsewhere = otherServers.flatMap(({ view }) => (view?.ok ? view.value.signers : []));
  const keys = [...signers.flatMap(({ trusted }) => trusted), ...elsewhere];
  return ds.filter(
    ({ keyTag, algorithm }) => !keys.some((key) => keyTagOf(key) === keyTag && key.algorithm === algorithm),
  );
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
        "to have the zone validated, remove that CDS where the zone is signed, then run the doctor again: it shows the DS to publish.",
      );
    case "no common key":
      return told(
        "",
        "publish no DS yet, as no key is seen to sign the zone everywhere: wait until Cloudflare serves what the primaries have, then run this again.",
      );
    case "keys":
      return told(
        "",
        "give the registrar this DS, computed from the keys that sign now:",
        ...wanted.keys.map((key) => `  ${formatDs(zoneName, dsOf(zoneName, key, 2))}`),
        '"pulumi up --refresh" brings the stack\'s output ds up to date with it.',
      );
  }
}

function foreign(
  zoneName: string,
  ds: readonly DsData[],
  { where, keys, trusted }: SignersAt,
  useless: readonly DsData[],
): Found {
  const tags = [...new Set(useless.map(({ keyTag }) => String(keyTag)))];
  return fault(
    "ds-foreign",
    `The DS of ${zoneName} at the parent (${listOf(ds)}) matches none of the keys that sign it ${where} (${tagsOf(keys)})${weakerNote(zoneName, ds, keys)}: validating resolvers answer SERVFAIL, or will.`,
    `at the registrar, add the DS of ${
      entryPoints(trusted)
        .map((key) => `key ${keyTagOf(key)}`)
        .join(" or ") || "a key that signs and is not revoked"
    } and keep those that are there${tags.length > 0 ? `; remove that of key ${tags.join(" and ")} once the TTL of the DS has passed` : ""}.`,
  );
}

function weakerNote(zoneName: string, ds: readonly DsData[], keys: readonly Dnskey[]): string {
  const weaker = ds.find((each) => keys.some((key) => isDsOf(each, zoneName, key)));
  return weaker === undefined
    ? ""
    : `, except for one of digest type ${weaker.digestType}, which resolvers ignore beside a stronger one`;
}

export function listOf(ds: readonly DsData[]): string {
  return ds
    .map(textOf)
    .map((text) => (text.length > 32 ? `${text.slice(0, 24)}…` : text))
    .join(" and ");
}
