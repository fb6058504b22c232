import { type DsSet, isSameSet, setsOf, textOf } from "../../provider/chain/parent-view";
import { withoutDot } from "../../provider/dns/domain-name";
import { type Dnskey, type DsData, isDsOf, keyTagOf, strongestOf } from "../../provider/dns/ds";
import { type Found, fault, ok, warning } from "./finding";
import { judgeNameServers } from "./judge-name-servers";
import type { Seen } from "./seen";
import { servingBy } from "./serving";
import { tagsOf } from "./words";

/** What the parent says of the zone: who serves it, and which keys validators are to trust. */
export function judgeParent(seen: Seen): readonly Found[] {
  const { parent } = seen.chain;
  if (parent.kind === "unknown")
    return [
      warning(
        "parent-not-asked",
        `The delegation and DS of ${seen.zoneName} at its parent could not be read: ${parent.why}.`,
        "name a resolver that can be asked (secondary-dns:resolver or SECONDARY_DNS_RESOLVER).",
      ),
    ];
  const delegation = parent.delegation?.hosts;
  const found = [
    ...delegationFindings(seen, delegation),
    ...judgeNameServers(seen, delegation ?? []),
    ...worstDsFindings(seen, setsOf(parent)),
  ];
  const held = parent.byResolver;
  if (held.ds.length > 0 && !isSameSet(held.ds, parent.now.ds))
    found.push(
      warning(
        "ds-cached",
        `Resolvers may still have another DS of ${seen.zoneName} cached than the parent has now: ${listOf(held.ds)} for ${held.ttl} s.`,
        "keep the keys of both until that time has passed.",
      ),
    );
  if (found.length > 0) return found;
  const ds = parent.now.ds.length === 0 ? "no DS, as an unsigned zone needs" : `DS ${listOf(parent.now.ds)}`;
  return [ok("parent-ok", `The parent delegates ${seen.zoneName} to Cloudflare and has ${ds}.`)];
}

function delegationFindings({ zoneName, chain }: Seen, delegation: readonly string[] | undefined): Found[] {
  const own = chain.nameServers.map(hostOf);
  if (own.length === 0) return [];
  const next = `delegate ${zoneName} at the registrar to ${own.join(", ")}.`;
  if (delegation === undefined)
    return [warning("not-delegated", `The parent of ${zoneName} does not delegate it to anybody.`, next)];
  const hosts = delegation.map(hostOf);
  const missing = own.filter((host) => !hosts.includes(host));
  if (missing.length === own.length)
    return [
      warning(
        "not-delegated",
        `${zoneName} is not delegated to Cloudflare but to ${hosts.join(", ")}, so resolvers do not use the servers that are checked here.`,
        next,
      ),
    ];
  if (missing.length === 0) return [];
  return [
    warning(
      "partly-delegated",
      `The parent of ${zoneName} does not name ${missing.join(", ")}, which also serve it.`,
      next,
    ),
  ];
}

/** Of servers of the parent that differ the one that does most harm counts: a resolver may ask any. */
function worstDsFindings(seen: Seen, sets: readonly DsSet[]): Found[] {
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
  if (ds.length === 0)
    return [
      warning(
        "ds-missing",
        `${zoneName} is signed and the parent has no DS, so nobody validates it.`,
        'give the registrar the DS: "pulumi stack output ds", or the output ds of the SecondaryZone.',
      ),
    ];
  const strangers = signers.filter(
    ({ keys }) => !keys.some((key) => strongestOf(ds).some((each) => isDsOf(each, zoneName, key))),
  );
  return strangers.map(({ where, keys }) =>
    fault(
      "ds-foreign",
      `The DS of ${zoneName} at the parent (${listOf(ds)}) matches none of the keys that sign it ${where} (${tagsOf(keys)})${weakerNote(zoneName, ds, keys)}: validating resolvers answer SERVFAIL, or will.`,
      `add the DS of ${keys.map((key) => String(keyTagOf(key))).join(" or ")} at the registrar beside what is there, and remove the other when its TTL has passed.`,
    ),
  );
}

function weakerNote(zoneName: string, ds: readonly DsData[], keys: readonly Dnskey[]): string {
  const weaker = ds.find((each) => keys.some((key) => isDsOf(each, zoneName, key)));
  return weaker === undefined
    ? ""
    : `, save one of digest type ${weaker.digestType}, which does not count beside a stronger one`;
}

/** Who signs the keys, at each place that a resolver is answered from or that Cloudflare transfers from. */
function signersOf({
  chain,
  nameServers,
  dnssec,
}: Seen): readonly { where: string; keys: readonly Dnskey[] }[] {
  const { signer } = servingBy(dnssec);
  const served = nameServers.flatMap(({ server, view }) =>
    view.ok ? [{ where: `at ${server.name}`, keys: view.value.signers }] : [],
  );
  const primaries = chain.primaries.flatMap(({ primary, view }) =>
    view.ok ? [{ where: `at the primary ${primary.address}`, keys: view.value.signers }] : [],
  );
  const all = [...served.slice(0, 1), ...(signer === "cloudflare" ? [] : primaries)];
  // Without a signature that verifies there is another fault, told where it is.
  return all.filter(({ keys }) => keys.length > 0);
}

function listOf(ds: readonly DsData[]): string {
  return ds
    .map(textOf)
    .map((text) => (text.length > 32 ? `${text.slice(0, 24)}…` : text))
    .join(" and ");
}

function hostOf(host: string): string {
  return withoutDot(host.toLowerCase());
}
