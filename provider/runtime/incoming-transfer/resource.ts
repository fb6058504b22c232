import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { forceAndWait } from "../../chain/guard/forced-transfer";
import { darkByTransfer, guardDeletion, guardPutBack, guardTransfer } from "../../chain/guard/guard-transfer";
import { rememberDs } from "../../chain/guard/remember-parent";
import { identifyZone, requireSecondary } from "../../chain/observe/zone-identity";
import type { ChainAccess } from "../../chain/run/access";
import { type ParentMemory, savedParent } from "../../chain/view/parent-memory";
import type { CloudflareClient } from "../../cloudflare/client";
import {
  createIncoming,
  deleteIncoming,
  forceTransfer,
  getIncoming,
  type Incoming,
  type IncomingContent,
  replaceIncoming,
} from "../../cloudflare/incoming";
import { say } from "../../core/call-scope";
import { ApiError, RefusedError, WaitError } from "../../core/errors";
import { defineResource } from "../../engine/define-resource";
import { keepingObject, keepingUnlessFinal, type Snapshot } from "../../engine/init-failure";
import { changedInput } from "../../engine/unknown";
import type { Clients } from "../clients";
import * as field from "../fields";
import { tellLeftAlone } from "../left-alone";
import type { PeerLinks } from "../transfer-peer/links";
import {
  contentOf,
  type IncomingSettings,
  incomingSettings,
  isEqual,
  isSamePeers,
  settingsOf,
} from "./settings";

const refreshAllowed = "whole seconds, at least 300";
const triggersAllowed = "a list of texts";

export function incomingTransferProvider(clients: Clients, links: PeerLinks) {
  /** What may be put back: with a peer of the program's own it would stand in the way of deleting that. */
  const foreign = (before: IncomingSettings | undefined) =>
    before?.peers.some((id) => links.isOurs(id)) ? undefined : before;

  return defineResource({
    fields: {
      zoneId: field.zoneId,
      name: field.undottedName(),
      peers: field.peerIds,
      autoRefreshSeconds: z.int(refreshAllowed).min(300, refreshAllowed).default(86_400),
      waitForTransfer: field.timeout,
      triggers: z.array(z.string(triggersAllowed), triggersAllowed).optional(),
      accountId: field.accountId.optional(),
      profile: field.profile,
    },
    state: z.object({
      profile: z.string().optional(),
      peers: z.array(z.string()).optional(),
      triggers: z.array(z.string()).optional(),
      /** A transfer was waited for in vain, and nothing has shown since that it works. */
      __awaited: z.boolean().optional(),
      /** What was seen at the parent of the zone, presigned as it was. */
      __parent: savedParent.optional(),
      /** What create took over. */
      __before: incomingSettings.optional(),
    }),
    transient: ["__zone"],
    waitInput: "waitForTransfer",
    connect: clients.chain,
    object: { what: "the incoming transfer of a zone", by: [["zoneId"]] },
    settings: ["peers"],

    replaces(id, _state, news) {
      return changedInput(news, "zoneId", id);
    },

    seen(id, _wanted, state) {
      if (state?.__parent) clients.notes.withTransfers.set(id, state.__parent);
    },

    async create(access, inputs, { transient, savedOf }) {
      const { cloudflare: client } = access;
      const { zoneId } = inputs;
      const standing = await getIncoming(client, zoneId);
      const remembered = savedOf(zoneId)?.__parent;
      // A zone that is taken over may have a DS already.
      const __parent = standing ? await rememberDs(access, standing, zoneId, remembered) : remembered;
      if (standing && isSeenWorking(standing, inputs, transient.__zone))
        return snapshotOf(zoneId, standing, { __parent });
      const before = foreign(standing && settingsOf(standing));
      // With a peer of this program it may be left by a run that was killed, and could not stand without the peer.
      const isForeign = before && !before.peers.some((id) => inputs.peers.includes(id));
      const kept = { __parent, ...(isForeign ? { __before: before } : {}) };
      const now = await bringTo(access, zoneId, standing, inputs, inputs.waitForTransfer !== false).catch(
        (error: unknown) => {
          throw standing ? keepingUnlessFinal(snapshotOf(zoneId, standing, kept), error) : error;
        },
      );
      // Also of one that is as wanted nobody has seen yet that it works.
      const incoming = await transferred(access, now, inputs, kept, { mustProve: true, mustForce: false });
      return snapshotOf(zoneId, incoming, kept);
    },

    async read(access, id, state) {
      const incoming = await getIncoming(access.cloudflare, id);
      if (incoming === undefined) return undefined;
      const __parent = await rememberDs(access, incoming, id, state.__parent);
      if (__parent) access.withTransfers.set(id, __parent);
      return {
        outputs: snapshotOf(id, incoming, { __parent, __before: foreign(state.__before) }).outputs,
        inputs: { zoneId: id, ...settingsOf(incoming) },
      };
    },

    async update(access, id, { peers = [], triggers = [], __awaited = false, __parent, __before }, inputs) {
      const kept = { __parent, __before: foreign(__before) };
      const { cloudflare: client } = access;
      const mustForce = !isDeepStrictEqual(inputs.triggers ?? [], triggers);
      const isForced = mustForce || inputs.waitForTransfer !== false;
      const now = await bringTo(access, id, await getIncoming(client, id), inputs, isForced);
      const mustProve = mustForce || __awaited || !isSamePeers(peers, inputs.peers);
      const incoming = await transferred(access, now, inputs, kept, { mustProve, mustForce });
      return snapshotOf(id, incoming, kept).outputs;
    },

    async delete(access, id, { __parent, __before }, { left }) {
      const { cloudflare: client } = access;
      const standing = await getIncoming(client, id);
      if (standing === undefined) return;
      const back = async () => {
        const before = foreign(__before);
        const unlink = async () => {
          await guardDeletion(access, id, __parent);
          await deleteIncoming(client, id);
        };
        if (before === undefined) await unlink();
        else await links.leave(before.peers, () => putBack(access, id, standing, before), unlink);
      };
      const { peers } = settingsOf(standing);
      const isOurs = peers.some((peer) => links.isOurs(peer) || left.some((each) => hasPeer(each, peer)));
      // A delete that was interrupted may have put it back.
      const isBack = __before !== undefined && isEqual(settingsOf(standing), __before);
      if (isOurs || isBack || peers.length === 0) return back();
      tellLeftAlone(`The incoming transfer of zone ${id}`, `its peers are ${peers.join(", ")}`);
      await links.leave(peers, async () => {}, back);
    },
  });
}

const adoptedZone = z.object({ isAdopted: z.literal(true) });

/** A zone that is taken over as it is, and has come by just this transfer. */
function isSeenWorking(standing: Incoming, wanted: IncomingSettings, zone: unknown): boolean {
  const isAsWanted = Boolean(standing.soa_serial) && isEqual(settingsOf(standing), wanted);
  return isAsWanted && adoptedZone.safeParse(zone).success;
}

/** No document says how a peer that does not exist is refused. */
const NOT_ALLOWED = [400, 404, 409, 422];

function hasPeer({ peers }: Readonly<Record<string, unknown>>, id: string): boolean {
  return Array.isArray(peers) && peers.includes(id);
}

/** Peers may have been deleted since, and Cloudflare then refuses to link them. */
async function putBack(
  access: ChainAccess,
  zoneId: string,
  standing: Incoming,
  before: IncomingSettings,
): Promise<void> {
  if (isEqual(settingsOf(standing), before)) return;
  const { cloudflare: client } = access;
  if (!isSamePeers(settingsOf(standing).peers, before.peers))
    await guardPutBack(access, zoneId, standing, before.peers);
  try {
    await replaceIncoming(client, zoneId, contentOf(before));
  } catch (error) {
    if (!(error instanceof ApiError) || !NOT_ALLOWED.includes(error.data.status)) throw error;
    const [why] = error.message.split("\n");
    say(`The incoming transfer of zone ${zoneId} cannot be put back as it was, so it is deleted. ${why}`);
    await deleteIncoming(client, zoneId);
  }
}

/** On a zone that is not secondary Cloudflare answers success and keeps nothing: where its type is not known, that is read back. */
async function makeAndKeep(
  client: CloudflareClient,
  zoneId: string,
  content: IncomingContent,
  isKept: boolean,
): Promise<Incoming> {
  const made = await createIncoming(client, zoneId, content);
  if (isKept) return made;
  const kept = await getIncoming(client, zoneId);
  if (kept !== undefined) return kept;
  throw new RefusedError(
    `Cloudflare accepted the incoming transfer of zone ${zoneId} and did not keep it, as it does where the zone is not of type secondary.\nNext: make it a zone of type secondary (Enterprise), or correct zoneId.`,
  );
}

async function bringTo(
  access: ChainAccess,
  zoneId: string,
  standing: Incoming | undefined,
  wanted: IncomingSettings & Pick<Waiting, "accountId">,
  isForced: boolean,
): Promise<Incoming> {
  const { cloudflare: client } = access;
  const isAsWanted = standing !== undefined && isEqual(settingsOf(standing), wanted);
  const isMoving = standing === undefined || !isSamePeers(settingsOf(standing).peers, wanted.peers);
  const { accountId } = wanted;
  const zone = isAsWanted
    ? undefined
    : await identifyZone(client, { zoneId, zoneName: wanted.name, accountId });
  requireSecondary(zone);
  if (isMoving || isForced) {
    const { peers } = wanted;
    const zoneName = standing?.name ?? wanted.name;
    await guardTransfer(access, { zoneId, zoneName, accountId, incoming: standing, peers, isMoving });
  }
  if (isAsWanted) return standing;
  if (standing === undefined) return makeAndKeep(client, zoneId, contentOf(wanted), zone !== undefined);
  // What the answer leaves out has not changed by this: a serial must not look new.
  const now = await replaceIncoming(client, zoneId, contentOf(wanted));
  return {
    ...now,
    soa_serial: now.soa_serial ?? standing.soa_serial,
    checked_time: now.checked_time ?? standing.checked_time,
  };
}

/** Forces a transfer and waits until Cloudflare has seen it, as far as that is asked for. */
async function transferred(
  access: ChainAccess,
  start: Incoming,
  { zoneId, accountId, waitForTransfer: timeoutSeconds }: Waiting,
  kept: Kept,
  { mustProve, mustForce }: { readonly mustProve: boolean; readonly mustForce: boolean },
): Promise<Incoming> {
  const { cloudflare: client } = access;
  if (timeoutSeconds === false) {
    if (mustForce) await forceTransfer(client, zoneId);
    return start;
  }
  const forced = { zoneId, accountId, start, timeoutSeconds, mustProve };
  const { incoming, failure: notTransferred } = await forceAndWait(client, forced).catch((error: unknown) => {
    throw keepingObject(snapshotOf(zoneId, start, kept), error);
  });
  const failure =
    notTransferred ?? (await darkByTransfer(access, { zoneId, zoneName: start.name, accountId, incoming }));
  if (failure === undefined) return incoming;
  throw keepingObject(snapshotOf(zoneId, incoming, kept), new WaitError(failure));
}

interface Waiting {
  readonly zoneId: string;
  readonly accountId?: string | undefined;
  readonly waitForTransfer: number | false;
}

interface Kept {
  readonly __parent?: ParentMemory | undefined;
  readonly __before?: IncomingSettings | undefined;
}

function snapshotOf(zoneId: string, incoming: Incoming, kept: Kept): Snapshot {
  return {
    id: zoneId,
    outputs: {
      ...settingsOf(incoming),
      soaSerial: incoming.soa_serial || undefined,
      checkedTime: incoming.checked_time || undefined,
      createdTime: incoming.created_time || undefined,
      modifiedTime: incoming.modified_time || undefined,
      ...kept,
    },
  };
}
