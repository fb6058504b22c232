import { type Dnssec, type DnssecEdit, editDnssec } from "../../cloudflare/dnssec";
import { RefusedError, type SecondaryDnsError, WaitError } from "../../core/errors";
import { decideServing } from "../decide/decide";
import type { Harm } from "../decide/decision";
import { type FoundZone, findZone, type NamedZone, observeChain } from "../observe/observe";
import { requireSecondary } from "../observe/zone-identity";
import type { ChainAccess } from "../run/access";
import { type ParentMemory, withPastKeys } from "../view/parent-memory";
import type { ParentView } from "../view/parent-view";
import { type Serving, UNSIGNED } from "../view/serving";
import { darkAsServed } from "./dark-as-served";
import { forceAndWait } from "./forced-transfer";
import { guard } from "./guard";

/** For a transfer of a zone that the primary has just been seen to have. */
const TRANSFER_SECONDS = 60;

export interface DnssecChange {
  readonly zone: NamedZone;
  readonly observed: Dnssec;
  readonly now: Serving;
  readonly next: Serving;
  readonly edit: DnssecEdit | undefined;
  /** Puts back what `edit` changes. */
  readonly undo: DnssecEdit | undefined;
  readonly kept: ParentMemory | undefined;
}

export interface DnssecOutcome {
  readonly dnssec: Dnssec;
  readonly zoneName: string | undefined;
  readonly memory: ParentMemory | undefined;
  /** What stands at the parent, if it was looked at. */
  readonly parent?: ParentView | undefined;
  /** Why it was not done, or did not come to what it should. */
  readonly failure?: SecondaryDnsError;
  /** What was seen to stand in its way before anything was done. */
  readonly harms?: readonly Harm[];
}

/** Changes how Cloudflare serves a zone, once it is seen that what it then serves is complete and validates. */
export async function changeDnssec(access: ChainAccess, change: DnssecChange): Promise<DnssecOutcome> {
  const { zone: named, observed, now, next, edit, kept } = change;
  const isPresigned = next.signer === "primary";
  const zone = await findZone(access, named, isPresigned);
  const stays = `DNSSEC of ${zone?.zoneName ?? `zone ${named.zoneId}`} stays as it is`;
  if (zone === undefined) {
    const failure = next.signer === "primary" || now.signer !== "none" ? nameless(stays) : undefined;
    if (failure) return { dnssec: observed, zoneName: undefined, memory: kept, failure };
    return { dnssec: await edited(access, named.zoneId, observed, edit), zoneName: undefined, memory: kept };
  }
  const { zoneName, zoneId } = zone;
  if (isPresigned) requireSecondary(zone);
  let memory = kept;
  let parent: ParentView | undefined;
  const refusal = await guard(access, { zoneName, stays }, async () => {
    const seen = await observeChain(access, zone, observed, memory, {
      peers: isPresigned ? (zone.incoming?.peers ?? []) : [],
      // Whatever signs now: its keys' TTL counts when a DS has just gone.
      secondary: now.signer !== "none",
      registrar: now.signer === "none" ? undefined : named.registrar,
    });
    memory = seen.memory;
    parent = seen.view.parent;
    return decideServing(seen.view, now, next);
  });
  const refused = (failure: SecondaryDnsError) => ({
    dnssec: observed,
    zoneName,
    memory,
    parent,
    failure,
  });
  if (refusal !== undefined) return { ...refused(refusal.error), harms: refusal.harms };
  if (isPresigned) {
    const stale = await staleCopy(access, zone);
    if (stale !== undefined && !access.isForced(zoneName))
      return refused(new WaitError(`${stays}: Cloudflare has not received the signed zone.\n${stale}`));
  }
  const dnssec = await edited(access, zoneId, observed, edit);
  if (now.signer !== "none" && now.signer !== next.signer)
    memory = withPastKeys(memory, access.keyTtls.longest(zoneName), Date.now());
  const dark = isPresigned ? await darkAsServed(access, zone, dnssec, next) : undefined;
  if (dark === undefined) return { dnssec, zoneName, memory, parent };
  if (now.signer === "primary" || change.undo === undefined || access.isForced(zoneName))
    return { dnssec, zoneName, memory, parent, failure: new WaitError(dark) };
  const restored = await editDnssec(access.cloudflare, zoneId, change.undo);
  const failure = new WaitError(`DNSSEC of ${zoneName} is switched back. ${dark}`);
  return { dnssec: restored, zoneName, memory, parent, failure };
}

/** Why Cloudflare's keys are not to be deleted, after which it serves the zone unsigned; `undefined`: they may be. */
export async function refusalOfUnsigning(
  access: ChainAccess,
  named: NamedZone,
  observed: Dnssec,
  kept: ParentMemory | undefined,
): Promise<RefusedError | undefined> {
  const zone = await findZone(access, named, false);
  if (zone === undefined) return nameless(`Cloudflare's keys of zone ${named.zoneId} stay`);
  const { zoneName } = zone;
  const step = { zoneName, stays: `Cloudflare's keys of ${zoneName} stay` };
  const wish = { peers: [], secondary: true, registrar: named.registrar };
  const refusal = await guard(access, step, async () => {
    const seen = await observeChain(access, zone, observed, kept, wish);
    return decideServing(seen.view, { signer: "cloudflare", nsec3: false }, UNSIGNED);
  });
  return refusal?.error;
}

async function edited(
  { cloudflare }: ChainAccess,
  zoneId: string,
  observed: Dnssec,
  edit: DnssecEdit | undefined,
): Promise<Dnssec> {
  return edit ? editDnssec(cloudflare, zoneId, edit) : observed;
}

/** Presigned, the copy that Cloudflare has is served as it is: it may be from before the primary signed. */
async function staleCopy({ cloudflare }: ChainAccess, zone: FoundZone): Promise<string | undefined> {
  const { zoneId, accountId, incoming } = zone;
  if (incoming === undefined) return undefined;
  const { failure } = await forceAndWait(cloudflare, {
    zoneId,
    accountId,
    start: incoming,
    timeoutSeconds: TRANSFER_SECONDS,
    mustProve: false,
  });
  return failure;
}

function nameless(stays: string): RefusedError {
  return new RefusedError(
    `${stays}: its name is not known, so nothing could be checked.\nNext: give the API token the permission "Zone Read", or use a SecondaryZone, which names the zone.`,
  );
}
