import { parseDomainName, withoutDot } from "../core/domain-name";
import type { QueryOptions } from "../dns/asked";
import type { DsData } from "../dns/ds";
import type { Message, QuestionType } from "../dns/message";
import { normalName } from "../dns/name";
import type { Primary } from "../dns/primary";
import { type ResourceRecord, recordsOf } from "../dns/resource-record";
import { askForRecords, askResolvers } from "./recursive";

/** A set of DS records, and for how long a resolver keeps one that it has just got, in seconds. */
export interface DsSet {
  readonly ds: readonly DsData[];
  readonly ttl: number;
}

/** What stands at the parent of a zone. */
export type ParentView =
  | {
      readonly kind: "seen";
      /** The parent's own servers, or what a resolver says of them. */
      readonly source: "parent" | "resolver";
      /** Without records where there is none. */
      readonly now: DsSet;
      /** What a resolver still holds where the parent has something else by now, with the seconds that are left. */
      readonly cached: DsSet | undefined;
      /** The name servers that the parent delegates to; `undefined` where it does not say. */
      readonly delegation: readonly string[] | undefined;
    }
  | { readonly kind: "unknown"; readonly why: string };

const DNS_PORT = 53;
/** As many of the parent's servers are asked, and as many addresses of each. */
const [SERVERS, ADDRESSES] = [4, 2];
const SERVER_TIMEOUT_MS = 2_000;

/** Asks the parent's own servers for a zone's DS and delegation, and where none of them can be asked a resolver. */
export async function observeParent(
  zoneName: string,
  resolvers: readonly Primary[],
  options: QueryOptions = {},
): Promise<ParentView> {
  const name = normalName(zoneName);
  const found = await askResolvers(resolvers, { name, type: "DS", dnssecOk: true }, options);
  if (found === undefined) return { kind: "unknown", why: "there is no resolver to ask" };
  if (!found.ok) {
    const { address, port } = found.failure.asked.primary;
    return {
      kind: "unknown",
      why: `the resolver ${address} port ${port} does not say (${found.failure.cause.kind})`,
    };
  }
  const byResolver = dsSetOf(found.value, name);
  if (byResolver === undefined)
    return {
      kind: "unknown",
      why: `who was asked answers for ${withoutDot(name)} itself, not for its parent`,
    };
  const servers = await parentServers(name, resolvers, options);
  const asked = await Promise.all(servers.map((server) => askParentServer(server, name, options)));
  const byParent = asked.find((each) => each !== undefined);
  const delegation = byParent?.delegation ?? (await delegationByResolver(name, resolvers, options));
  if (byParent === undefined)
    return { kind: "seen", source: "resolver", now: byResolver, cached: undefined, delegation };
  const isStale = byResolver.ds.length > 0 && !isSameSet(byResolver.ds, byParent.set.ds);
  return {
    kind: "seen",
    source: "parent",
    now: byParent.set,
    cached: isStale ? byResolver : undefined,
    delegation,
  };
}

/** `undefined`: the zone's own server has answered, which knows nothing of its parent. */
function dsSetOf(message: Message, name: string): DsSet | undefined {
  const records = readable(message, message.answers);
  const set = records.filter((record) => record.type === "DS" && record.name === name);
  if (set.length === 0) {
    const authority = readable(message, message.authority).find((record) => record.type === "SOA");
    return authority?.name === name ? undefined : { ds: [], ttl: 0 };
  }
  return {
    ds: set.flatMap((record) => (record.type === "DS" ? [record.ds] : [])),
    ttl: Math.max(...set.map(({ ttl }) => ttl), ...originalTtls(records)),
  };
}

/** A resolver counts the TTL down; the signature says what it was (RFC 4034 section 3.1.4). */
function originalTtls(records: readonly ResourceRecord[]): number[] {
  return records.flatMap((record) =>
    record.type === "RRSIG" && record.signature.covers === "DS" ? [record.span.data.readUInt32BE(4)] : [],
  );
}

async function parentServers(
  name: string,
  resolvers: readonly Primary[],
  options: QueryOptions,
): Promise<readonly Primary[]> {
  for (const above of ancestorsOf(name)) {
    const found = await askResolvers(resolvers, { name: above, type: "NS" }, options);
    if (found === undefined || !found.ok) return [];
    const hosts = hostsOf(readable(found.value, found.value.answers), above);
    if (hosts.length === 0) continue;
    const servers = await Promise.all(
      hosts.slice(0, SERVERS).map((host) => addressesOf(host, resolvers, options)),
    );
    return servers.flat();
  }
  return [];
}

/** The names above, the nearest first; the root last. */
function ancestorsOf(name: string): string[] {
  const labels = withoutDot(name).split(".");
  return labels.map((_, at) => `${labels.slice(at + 1).join(".")}.`);
}

/** A name server at each of its addresses. */
export async function addressesOf(
  host: string,
  resolvers: readonly Primary[],
  options: QueryOptions = {},
): Promise<readonly Primary[]> {
  // Who holds the record may write what is no host name into it.
  if ("problem" in parseDomainName(host)) return [];
  const ask = async (type: QuestionType) => {
    const found = await askResolvers(resolvers, { name: host, type }, options);
    if (found === undefined || !found.ok) return [];
    return readable(found.value, found.value.answers).flatMap((record) =>
      record.type === "A" || record.type === "AAAA" ? [record.address] : [],
    );
  };
  const addresses = [...(await ask("A")), ...(await ask("AAAA"))];
  return addresses
    .slice(0, ADDRESSES)
    .map((address) => ({ name: withoutDot(host), address, port: DNS_PORT }));
}

async function askParentServer(
  server: Primary,
  name: string,
  options: QueryOptions,
): Promise<{ readonly set: DsSet; readonly delegation: readonly string[] | undefined } | undefined> {
  const impatient = { timeoutMs: SERVER_TIMEOUT_MS, ...options };
  const [ds, ns] = await Promise.all([
    askForRecords(server, { name, type: "DS", dnssecOk: true }, impatient),
    askForRecords(server, { name, type: "NS" }, impatient),
  ]);
  if (!ds.ok || !ds.value.isAuthoritative) return undefined;
  const set = dsSetOf(ds.value, name);
  if (set === undefined) return undefined;
  return { set, delegation: ns.ok ? delegationIn(ns.value, name) : undefined };
}

async function delegationByResolver(
  name: string,
  resolvers: readonly Primary[],
  options: QueryOptions,
): Promise<readonly string[] | undefined> {
  const found = await askResolvers(resolvers, { name, type: "NS" }, options);
  return found?.ok ? delegationIn(found.value, name) : undefined;
}

/** A referral has them in its authority section, an answer in its own. */
function delegationIn(message: Message, name: string): readonly string[] | undefined {
  const hosts = [
    ...hostsOf(readable(message, message.answers), name),
    ...hostsOf(readable(message, message.authority), name),
  ];
  return hosts.length > 0 ? [...new Set(hosts)].sort() : undefined;
}

function hostsOf(records: readonly ResourceRecord[], owner: string): string[] {
  return records.flatMap((record) => (record.type === "NS" && record.name === owner ? [record.host] : []));
}

/** What cannot be read is not there. */
function readable(message: Message, section: Message["answers"]): readonly ResourceRecord[] {
  return section.flatMap((span) => {
    try {
      return recordsOf(message, [span]);
    } catch {
      return [];
    }
  });
}

export function isSameSet(some: readonly DsData[], others: readonly DsData[]): boolean {
  return some.map(textOf).sort().join() === others.map(textOf).sort().join();
}

/** As zone files have it. */
export function textOf({ keyTag, algorithm, digestType, digest }: DsData): string {
  return `${keyTag} ${algorithm} ${digestType} ${digest}`;
}
