import type { CloudflareClient } from "../../cloudflare/client";
import { getZone } from "../../cloudflare/zones";
import { isSecondaryDnsError } from "../../core/errors";
import type { DnsFailure } from "../../dns/failure";
import type { Primary } from "../../dns/primary";
import { probeTransfer } from "../../dns/probe-transfer";
import { serialOf } from "../../dns/serial";
import { isAtLeast } from "../../dns/serial-order";
import { describeFailure } from "../../primary/primary-error";
import { tellOnce } from "../run/tell-once";
import { needsWork } from "../view/needs-work";
import { keptOut } from "./kept-out";
import { peerServersOf } from "./peer-servers";

/** What a primary lets this machine see of a zone's transfers. */
export interface PrimaryProbe {
  readonly zoneName: string;
  readonly primary: Primary;
  readonly serial?: number;
  /** Why it does not transfer the zone to this machine. */
  readonly refusal?: DnsFailure;
  /** Whether it answers a question that is signed by the key. */
  readonly acceptsKey: boolean;
}

export interface ZoneToProbe {
  readonly zoneId: string;
  readonly zoneName: string;
  /** Of the peers; the zone tells it too, to a token that may read zones. */
  readonly accountId: string | undefined;
  readonly peers: readonly string[];
}

/** A zone's primaries, with the keys that Cloudflare has. Why others cannot be queried is told. */
export async function primariesOf(
  client: CloudflareClient,
  { zoneId, zoneName, accountId: given, peers }: ZoneToProbe,
  tell: (problem: string) => void = (problem) => tellOnce(client, problem),
): Promise<readonly Primary[]> {
  try {
    const accountId = given ?? (await getZone(client, zoneId))?.account?.id;
    if (accountId === undefined) return [];
    const { primaries, problems } = await peerServersOf(client, accountId, peers);
    for (const problem of problems) tell(problem);
    return primaries;
  } catch (error) {
    if (!isSecondaryDnsError(error)) throw error;
    tell(`The primaries of ${zoneName} could not be asked: ${error.message}`);
    return [];
  }
}

export function probePrimaries(
  primaries: readonly Primary[],
  zoneName: string,
): Promise<readonly PrimaryProbe[]> {
  return Promise.all(primaries.map((primary) => probe(primary, zoneName)));
}

/** Whether each of so many peers could be asked, and gives the zone to this machine. */
export function transfersHere(probes: readonly PrimaryProbe[], peers: number): boolean {
  return probes.length === peers && probes.every(({ refusal }) => refusal === undefined);
}

async function probe(primary: Primary, zoneName: string): Promise<PrimaryProbe> {
  const transfer = await probeTransfer(primary, zoneName);
  if (transfer.ok) return { zoneName, primary, serial: transfer.value.serial, acceptsKey: true };
  const { key, ...unsigned } = primary;
  const withKey = await serialOf(primary, zoneName);
  // The SOA is for everybody, but for nobody whose key may not be used from here.
  const soa = withKey.ok ? withKey : await serialOf(unsigned, zoneName);
  return {
    zoneName,
    primary,
    refusal: transfer.failure,
    acceptsKey: key !== undefined && withKey.ok,
    ...(soa.ok ? { serial: soa.value } : {}),
  };
}

/** The latest serial that any of them has. */
export function latestSerial(probes: readonly PrimaryProbe[]): number | undefined {
  const serials = probes.flatMap(({ serial }) => (serial === undefined ? [] : [serial]));
  return serials.reduce<number | undefined>(
    (latest, serial) => (latest === undefined || isAtLeast(serial, latest) ? serial : latest),
    undefined,
  );
}

/** For where this machine cannot see more than Cloudflare's silence. */
export const UNKNOWN_CAUSE =
  "check at the primary that it has the TSIG key, allows transfers to Cloudflare's addresses with it, and what its log says.";

/** Why Cloudflare gets no transfer, as far as it can be seen from here, and what to change. */
export function causeOf({ zoneName, primary, refusal, acceptsKey }: PrimaryProbe): string {
  const kind = refusal?.cause.kind;
  if (refusal === undefined) return keptOut({ zoneName, primary }, "transfers here");
  // Knot calls a key unknown that may not transfer from here.
  if (kind === "refused" || (kind === "unknown-key" && acceptsKey)) {
    return keptOut({ zoneName, primary }, "accepts the key");
  }
  if (kind !== "unreachable" && kind !== "silent") return describeFailure(refusal);
  return `${describeFailure(refusal)}\nIf it is meant to answer Cloudflare alone, ${UNKNOWN_CAUSE}`;
}

/** Whether waiting does not help. Who keeps only this machine's address out says nothing of Cloudflare's. */
export function isHopeless({ refusal, acceptsKey }: PrimaryProbe): boolean {
  if (refusal === undefined || (refusal.cause.kind === "unknown-key" && acceptsKey)) return false;
  return needsWork(refusal);
}
