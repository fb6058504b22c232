import { withoutDot } from "../../dns/domain-name";
import { type DsData, isDsOf, strongestOf } from "../../dns/ds";
import { pollUntil } from "../../engine/poll";
import { summarizeFailure } from "../../primary/primary-error";
import { type NameServerView, observeNameServers } from "../observe/observe-secondary";
import { isResponse } from "../observe/seen-served";
import type { DnsAccess } from "../run/access";
import { tellOnce } from "../run/tell-once";
import { type ParentView, setsOf, textOf } from "../view/parent-view";
import type { ZoneView } from "../view/zone-view";

/**
 * Waits until the name servers that the parent delegates to serve the zone so that it validates by these DS records alone;
 * gives back why not. Where they cannot be queried, one line says so.
 */
export async function seenSigning(
  { resolvers, withdrawn }: DnsAccess,
  zoneName: string,
  ds: readonly DsData[],
  parent: ParentView,
  seconds: number,
): Promise<string | undefined> {
  const hosts = hostsOf(parent);
  const look = () => observeNameServers(zoneName, hosts, resolvers());
  const signs = ({ view }: NameServerView) => view.ok && signsForDs(view.value, zoneName, ds);
  const { observed, failure } = await pollUntil(await look(), {
    subject: `the name servers of ${zoneName} to sign with the keys of its DS`,
    timeoutSeconds: seconds,
    look,
    judge: (servers) => (servers.filter(hasAnswered).every(signs) ? { kind: "reached" } : { kind: "wait" }),
  });
  const answered = observed.filter(hasAnswered);
  const silent = hosts.map(withoutDot).filter((host) => !answered.some(({ server }) => server.name === host));
  if (answered.length === 0 || silent.length > 0)
    tellOnce(
      withdrawn,
      `Not checked: whether ${answered.length === 0 ? `the name servers of ${zoneName} serve it` : `${zoneName} is served at ${silent.join(" and ")}`} signed by the keys of its DS. They cannot be queried from here: check them with dig @SERVER ${zoneName} DNSKEY +dnssec.`,
    );
  if (failure === undefined || answered.length === 0) return undefined;
  const others = answered.filter((each) => !signs(each));
  const seen = others.flatMap(({ view }) => (view.ok ? [] : [summarizeFailure(view.failure, "name server")]));
  return [`${others.map(({ server }) => server.name).join(" and ")}: ${failure}.`, ...seen].join(" ");
}

function hasAnswered({ view }: NameServerView): boolean {
  return isResponse(view);
}

/**
 * The DS records that stay at the parent when others leave it, if the zone validates by those that leave and is not seen to
 * do so by these; else none.
 */
export async function deadWithout(
  { resolvers }: DnsAccess,
  zoneName: string,
  parent: ParentView,
  leaving: readonly DsData[],
): Promise<readonly DsData[]> {
  if (parent.kind === "unknown") return [];
  const texts = leaving.map(textOf);
  const sets = setsOf(parent)
    .map(({ ds }) => ({ ds, staying: ds.filter((each) => !texts.includes(textOf(each))) }))
    .filter(({ ds, staying }) => staying.length > 0 && staying.length < ds.length);
  if (sets.length === 0) return [];
  const servers = await observeNameServers(zoneName, hostsOf(parent), resolvers());
  const isLed = ({ isSigned, signers }: ZoneView, by: readonly DsData[]) =>
    isSigned && signers.some((key) => by.some((each) => isDsOf(each, zoneName, key)));
  const seen = servers.flatMap(({ view }) => (view.ok ? [view.value] : []));
  const isDead = ({ ds, staying }: (typeof sets)[number]) =>
    seen.length === 0 || seen.some((view) => isLed(view, ds) && !isLed(view, strongestOf(staying)));
  return sets.find(isDead)?.staying ?? [];
}

function hostsOf(parent: ParentView): readonly string[] {
  return parent.kind === "seen" ? (parent.delegation?.hosts ?? []) : [];
}

/**
 * Whether the zone validates where these are all the DS records that a resolver has. Each algorithm among them has to sign
 * the set of keys, by a key that is named, and the zone (RFC 4035 section 2.2); and one of those that resolvers go by leads
 * to a key that signs.
 */
export function signsForDs(
  { isSigned, signers, zoneSigners }: Pick<ZoneView, "isSigned" | "signers" | "zoneSigners">,
  zoneName: string,
  ds: readonly DsData[],
): boolean {
  const named = signers.filter((key) => ds.some((each) => isDsOf(each, zoneName, key)));
  const isLed = named.some((key) => strongestOf(ds).some((each) => isDsOf(each, zoneName, key)));
  const isSignedBy = (algorithm: number) =>
    [named, zoneSigners].every((keys) => keys.some((key) => key.algorithm === algorithm));
  return isSigned && isLed && ds.every(({ algorithm }) => isSignedBy(algorithm));
}
