import type { CloudflareClient } from "../../cloudflare/client";
import { getDnssec } from "../../cloudflare/dnssec";
import { forceTransfer, getIncoming, type Incoming } from "../../cloudflare/incoming";
import { isSecondaryDnsError } from "../../core/errors";
import { withoutDot } from "../../dns/domain-name";
import { nameAndAddress } from "../../dns/primary";
import { isOlder } from "../../dns/serial-order";
import { pollUntil, STOPPED, type Verdict } from "../../engine/poll";
import { summarizeFailure } from "../../primary/primary-error";
import { observeServer } from "../observe/observe-server";
import {
  causeOf,
  isHopeless,
  latestSerial,
  type PrimaryProbe,
  primariesOf,
  probePrimaries,
  transfersHere,
  UNKNOWN_CAUSE,
} from "../observe/probe-primaries";
import { tellOnce } from "../run/tell-once";
import { isTransferred, serialAdvice, servedSerial } from "./transfer-progress";

export interface Transferred {
  readonly incoming: Incoming;
  /** Why the transfer was not seen, with what to do. */
  readonly failure?: string;
}

export interface ForcedTransfer {
  readonly zoneId: string;
  /** The peers' account, which else the zone tells. */
  readonly accountId: string | undefined;
  readonly start: Incoming;
  readonly timeoutSeconds: number;
  /** Whether it is open that transfers work at all as things are now: with other peers, or another key. */
  readonly mustProve: boolean;
}

/** How long a cause that waiting does not cure has to last before the wait ends, in milliseconds. */
const STANDING_MS = 20_000;

interface Look {
  /** `undefined`: somebody has deleted it. */
  readonly incoming: Incoming | undefined;
  readonly probes: readonly PrimaryProbe[];
}

/**
 * Forces a transfer and waits until Cloudflare has what the primaries have now. Cloudflare tells nobody why
 * a transfer failed, so this machine asks the primaries too, with the same key, again at each look.
 */
export async function forceAndWait(client: CloudflareClient, forced: ForcedTransfer): Promise<Transferred> {
  const { zoneId, start, timeoutSeconds, mustProve } = forced;
  const zoneName = withoutDot(start.name);
  const primaries = await primariesOf(client, {
    zoneId,
    accountId: forced.accountId,
    zoneName,
    peers: start.peers,
  });
  const first = await probePrimaries(primaries, zoneName);
  for (const probe of first.filter(isHopeless)) {
    tellOnce(client, `Until this is changed, ${zoneName} cannot be transferred. ${causeOf(probe)}`);
  }
  const expectedOf = (probes: readonly PrimaryProbe[]) => ({
    serial: latestSerial(probes),
    isOpen: mustProve && !transfersHere(probes, start.peers.length),
  });
  const wanted = expectedOf(first).serial;
  const advice = serialAdvice(zoneName, start, expectedOf(first));
  if (advice !== undefined) tellOnce(client, advice);
  await forceTransfer(client, zoneId);
  const subject = `zone ${zoneName} to be transferred`;
  const standing = new StandingCause();
  const { observed, failure } = await pollUntil<Look>(
    { incoming: start, probes: first },
    {
      subject,
      timeoutSeconds,
      look: async () => ({
        incoming: await getIncoming(client, zoneId),
        probes: await probePrimaries(primaries, zoneName),
      }),
      judge: ({ incoming, probes }) => {
        if (incoming === undefined) return { kind: "stuck", why: DELETED };
        // What was expected when the transfer was forced counts: a zone that changes all the time is never caught up with.
        if (isTransferred(start, incoming, expectedOf(first))) return { kind: "reached" };
        return standing.judge(probes);
      },
      cause: ({ probes }) =>
        probes.map(({ refusal }) => (refusal ? summarizeFailure(refusal) : "")).find(Boolean),
    },
  );
  const { incoming = start, probes } = observed;
  if (failure === undefined) {
    const isSeen = wanted !== undefined || incoming.soa_serial !== start.soa_serial;
    const outcome = isSeen
      ? "is transferred"
      : "is unchanged: Cloudflare has checked its primaries, and whether they have a newer serial cannot be seen from here";
    tellOnce(client, `Zone ${zoneName} ${outcome}. ${serials(incoming, wanted)}.`);
    return { incoming };
  }
  return {
    incoming,
    failure: await explain(client, { forced, zoneName, subject, failure, incoming, probes }),
  };
}

const DELETED = "somebody has deleted its incoming transfer";

/** Neither has a cause at the primary. */
const NEXT: Readonly<Record<string, string>> = {
  [DELETED]: 'run "pulumi up --refresh", which recreates it.',
  [STOPPED]: "run the command again.",
};

/** How long every primary has had a cause that only a change there ends. */
class StandingCause {
  #since: number | undefined;

  judge(probes: readonly PrimaryProbe[]): Verdict {
    const isHopelessNow = probes.length > 0 && probes.every(isHopeless);
    if (!isHopelessNow) {
      this.#since = undefined;
      return { kind: "wait" };
    }
    const now = Date.now();
    this.#since ??= now;
    if (now - this.#since < STANDING_MS) return { kind: "wait" };
    return {
      kind: "stuck",
      why: `its cause has lasted ${STANDING_MS / 1_000} s and will not go away by waiting`,
    };
  }
}

interface Failed {
  readonly forced: ForcedTransfer;
  readonly zoneName: string;
  readonly subject: string;
  readonly failure: string;
  readonly incoming: Incoming;
  readonly probes: readonly PrimaryProbe[];
}

async function explain(client: CloudflareClient, failed: Failed): Promise<string> {
  const { forced, zoneName, subject, failure, incoming, probes } = failed;
  const next = NEXT[failure];
  if (next !== undefined) return `Gave up waiting for ${subject}: ${failure}.\nNext: ${next}`;
  const serial = latestSerial(probes);
  const late = serialAdvice(zoneName, incoming, { serial, isOpen: forced.mustProve || serial !== undefined });
  const unsigned = await unsignedPrimaries(client, forced.zoneId, zoneName, probes);
  // What would be transferred if it were newer, or has been, says nothing of the way there.
  const served = servedSerial(incoming, serial);
  const behind = probes.filter((probe) => isBehind(probe, served));
  const same = probes.filter((probe) => isWilling(probe) && probe.serial === served);
  const others = probes.filter((probe) => !behind.includes(probe) && !same.includes(probe));
  const ahead = same.length === 0 ? [] : others.filter(isWilling);
  const causes = (others.length === 0 ? same : others)
    .filter((probe) => !ahead.includes(probe))
    .map((probe) => (unsigned.has(probe) ? unsignedCause(zoneName, probe) : causeOf(probe)));
  return [
    `Gave up waiting for ${subject}: ${failure}. ${serials(incoming, serial)}.`,
    ...(late === undefined ? [] : [behind.length > 0 ? `Next: ${late}` : late]),
    ...(ahead.length === 0 ? [] : differingSerials(zoneName, [...same, ...ahead])),
    ...(causes.length + behind.length + ahead.length > 0 ? causes : [`Next: ${UNKNOWN_CAUSE}`]),
    "Then run the command again.",
  ].join("\n");
}

function isWilling({ refusal }: PrimaryProbe): boolean {
  return refusal === undefined;
}

/** Whether it transfers the zone here, with a serial that is older than Cloudflare's. */
function isBehind(probe: PrimaryProbe, served: number | undefined): boolean {
  const { serial } = probe;
  return isWilling(probe) && serial !== undefined && served !== undefined && isOlder(serial, served);
}

/** Cloudflare has taken the zone from one of them, and nobody knows whether it has tried the others. */
function differingSerials(zoneName: string, probes: readonly PrimaryProbe[]): readonly string[] {
  const each = probes.map(({ primary, serial }) => `  ${nameAndAddress(primary)}: serial ${serial}`);
  return [
    `The primaries of ${zoneName} have different serials, and Cloudflare has taken that of the first:`,
    ...each,
    "Next: have all of them serve the same version of the zone. If they do by now, and Cloudflare still has the older one, check that the others allow transfers to each address that npx pulumi-secondary-dns primary-config names.",
  ];
}

/** Those that transfer the zone here, and without the signatures that a presigned zone has to come with. */
async function unsignedPrimaries(
  client: CloudflareClient,
  zoneId: string,
  zoneName: string,
  probes: readonly PrimaryProbe[],
): Promise<ReadonlySet<PrimaryProbe>> {
  const willing = probes.filter(isWilling);
  if (willing.length === 0 || !(await isPresigned(client, zoneId))) return new Set();
  const views = await Promise.all(willing.map(({ primary }) => observeServer(primary, zoneName)));
  return new Set(
    willing.filter((_, at) => {
      const view = views[at];
      return view?.ok === true && !view.value.isSigned;
    }),
  );
}

/** Only to explain a failure: one that cannot be read explains nothing. */
async function isPresigned(client: CloudflareClient, zoneId: string): Promise<boolean> {
  try {
    return (await getDnssec(client, zoneId))?.dnssec_presigned ?? false;
  } catch (error) {
    if (isSecondaryDnsError(error)) return false;
    throw error;
  }
}

function unsignedCause(zoneName: string, { primary }: PrimaryProbe): string {
  return [
    `The primary ${nameAndAddress(primary)} transfers ${zoneName} without signatures, but Cloudflare serves the zone as presigned.`,
    "Next: sign the zone there, as npx pulumi-secondary-dns primary-config shows; or turn presigned off in the program.",
  ].join("\n");
}

function serials(incoming: Incoming, primary: number | undefined): string {
  return `Cloudflare's serial is ${servedSerial(incoming, primary) ?? "none"}, the primary's ${primary ?? "is not known here"}`;
}
