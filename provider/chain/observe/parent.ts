import type { QueryOptions } from "../../dns/asked";
import { parseDomainName, withoutDot } from "../../dns/domain-name";
import type { Message, QuestionType } from "../../dns/message";
import { normalName } from "../../dns/name";
import type { Primary } from "../../dns/primary";
import type { ResourceRecord } from "../../dns/resource-record";
import { type Delegation, type DsSet, isSameSet, type ParentView } from "../view/parent-view";
import { originalTtl, readable } from "./original-ttl";
import { askForRecords, askResolvers } from "./recursive";

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
  const [byParent, ...more] = asked.filter((each) => each !== undefined);
  const delegation = byParent?.delegation ?? (await delegationByResolver(name, resolvers, options));
  if (byParent === undefined)
    return { kind: "seen", source: "resolver", now: byResolver, byResolver, delegation };
  const others = more.reduce<readonly DsSet[]>(withSet, [byParent.set]).slice(1);
  return {
    kind: "seen",
    source: "parent",
    now: byParent.set,
    ...(others.length > 0 ? { others } : {}),
    byResolver,
    delegation,
  };
}

/** Each set once: servers that agree have one. */
function withSet(sets: readonly DsSet[], { set }: { readonly set: DsSet }): readonly DsSet[] {
  return sets.some(({ ds }) => isSameSet(ds, set.ds)) ? sets : [...sets, set];
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
    ttl: originalTtl(records, "DS"),
  };
}

async function parentServers(
  name: string,
  resolvers: readonly Primary[],
  options: QueryOptions,
): Promise<readonly Primary[]> {
  for (const above of ancestorsOf(name)) {
    const found = await askResolvers(resolvers, { name: above, type: "NS" }, options);
    if (found === undefined || !found.ok) return [];
    const hosts = serversIn(readable(found.value, found.value.answers), above).map(({ host }) => host);
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
): Promise<{ readonly set: DsSet; readonly delegation: Delegation | undefined } | undefined> {
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
): Promise<Delegation | undefined> {
  const found = await askResolvers(resolvers, { name, type: "NS" }, options);
  return found?.ok ? delegationIn(found.value, name) : undefined;
}

/** A referral has them in its authority section, an answer in its own. */
function delegationIn(message: Message, name: string): Delegation | undefined {
  const records = [...readable(message, message.answers), ...readable(message, message.authority)];
  const servers = serversIn(records, name);
  if (servers.length === 0) return undefined;
  const hosts = [...new Set(servers.map(({ host }) => host))].sort();
  return { hosts, ttl: Math.max(...servers.map(({ ttl }) => ttl)) };
}

function serversIn(records: readonly ResourceRecord[], owner: string) {
  return records.flatMap((record) => (record.type === "NS" && record.name === owner ? [record] : []));
}
