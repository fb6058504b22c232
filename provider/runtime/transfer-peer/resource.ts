import { z } from "zod";
import { checkPeerChange } from "../../chain/guard/check-key-change";
import { guardPeerChange } from "../../chain/guard/guard-transfer";
import { transferKeyOf } from "../../chain/observe/peer-servers";
import type { ChainAccess } from "../../chain/run/access";
import type { CloudflareClient } from "../../cloudflare/client";
import { accountPeers, type Peer, type PeerContent } from "../../cloudflare/peers";
import { RefusedError } from "../../core/errors";
import { canonicalAddress, isAddress } from "../../dns/address";
import type { Primary } from "../../dns/primary";
import { defineResource } from "../../engine/define-resource";
import { keepingObject } from "../../engine/init-failure";
import { changedInput } from "../../engine/unknown";
import { parseAccountScoped } from "../account-id";
import { accountObjects } from "../account-objects";
import type { Clients } from "../clients";
import * as field from "../fields";
import type { PeerLinks } from "./links";
import { markedName } from "./mark";
import { withZoneInUse } from "./peer-in-use";
import { isEqual, planPeer } from "./plan";
import { checkZone, probedZone } from "./zone-of-peer";

const ipAllowed = "an IPv4 or IPv6 address, such as 192.0.2.53 or 2001:db8::53";
const portAllowed = "a port, a whole number from 1 to 65535";

const state = z.object({
  profile: z.string().optional(),
  name: z.string().optional(),
  ip: z.string().optional(),
  port: z.number().optional(),
  ixfrEnable: z.boolean().optional(),
  tsigId: z.string().optional(),
  probeZone: z.string().optional(),
  revision: z.number().optional(),
  __inputs: z.array(z.string()).optional(),
});
type State = z.output<typeof state>;

const peerAccount = accountObjects({ collection: accountPeers, isEqual });

export function transferPeerProvider(clients: Clients, links: PeerLinks) {
  return defineResource({
    fields: {
      accountId: field.accountId,
      name: field.objectName,
      ip: z.string(ipAllowed).refine(isAddress, ipAllowed).transform(canonicalAddress).optional(),
      port: z.int(portAllowed).min(1, portAllowed).max(65_535, portAllowed).default(53),
      ixfrEnable: field.flag,
      tsigId: field.tsigId.optional(),
      probeZone: field.undottedName().optional(),
      adopt: field.flag,
      profile: field.profile,
    },
    state,
    transient: ["__zone"],
    connect: clients.chain,

    object: {
      what: "a peer",
      by: [["accountId", "name", "ip", "port", "ixfrEnable", "tsigId"]],
      isAdopted: true,
    },

    seen: (id) => links.seen(parseAccountScoped("TransferPeer", id).objectId),

    replaces(id, _state, news) {
      return changedInput(news, "accountId", parseAccountScoped("TransferPeer", id).accountId);
    },

    async create({ cloudflare: client }, inputs, { isReplacing, holderOf, owner, transient }) {
      const { accountId, name, adopt } = inputs;
      await checkZone(client, transient.__zone, accountId);
      const content = contentOf(inputs);
      const account = peerAccount(client, accountId);
      const standing = await account.before();
      // From here to `own` nothing may wait, or two resources could take the same one.
      const plan = planPeer(account.free(standing), {
        accountId,
        content,
        adopt,
        owner,
        isReplacing,
        holderOf: (peer) => holderOf(`${accountId}/${peer.id}`),
      });
      if (plan.kind === "refuse") throw new RefusedError(plan.reason);
      const made = { name: markedName({ owner, accountId }) };
      const look = async () => (await account.listed()).find((peer) => peer.name === made.name);
      const start = plan.kind === "take" ? account.own(plan.item) : await account.create(made, look, name);
      const id = `${accountId}/${start.id}`;
      const peer = await account.bringTo(start, content).catch((error: unknown) => {
        throw keepingObject({ id, outputs: outputsOf(start) }, error);
      });
      return { id, outputs: outputsOf(peer) };
    },

    async read({ cloudflare: client }, id, { __inputs: given, revision }) {
      const { accountId, objectId } = parseAccountScoped("TransferPeer", id);
      const peer = await peerAccount(client, accountId).read(objectId);
      if (peer === undefined) return undefined;
      const outputs = { ...outputsOf(peer), revision };
      const { ip, tsigId } = outputs;
      // Left out of the program, these mean "none", so one that is there now is drift.
      const added = Object.entries({ ip, tsigId }).filter(
        ([key, value]) => value && given && !given.includes(key),
      );
      return { outputs, inputs: { accountId, ...outputs }, drift: Object.fromEntries(added) };
    },

    async update(access, id, state, inputs, { transient }) {
      const { cloudflare: client } = access;
      const { accountId, objectId } = parseAccountScoped("TransferPeer", id);
      const current = savedPeer(objectId, state);
      const content = contentOf(inputs);
      const zone = isEqual(current, content)
        ? undefined
        : await checkZone(client, transient.__zone, accountId);
      const isMoved = content.ip !== current.ip || content.port !== (current.port || 53);
      const isRekeyed = content.tsig_id !== (current.tsig_id ?? "");
      // A peer that was made half-way transfers nothing yet, and one that loses its address never will again.
      if (current.ip && content.ip && (isMoved || isRekeyed)) {
        const next = await serverOf(client, accountId, content);
        await checkChange(access, { accountId, current, content, next, probeZone: inputs.probeZone });
        const stays = `Peer "${next.name}" stays ${isMoved ? "where it is" : "with the TSIG it has"}`;
        const change = { accountId, peerId: objectId, next, isMoving: isMoved, stays };
        const served = zone ?? (await probedZone(access, accountId, inputs.probeZone));
        if (served !== undefined) await guardPeerChange(access, { zone: served, ...change });
      }
      const outputs = outputsOf(await peerAccount(client, accountId).bringTo(current, content));
      // A new key is another tsigId already.
      return { ...outputs, revision: isMoved && current.ip ? (state.revision ?? 0) + 1 : state.revision };
    },

    async delete(access, id, { probeZone }) {
      const { accountId, objectId } = parseAccountScoped("TransferPeer", id);
      await links.release(objectId);
      try {
        await peerAccount(access.cloudflare, accountId).delete(objectId);
      } catch (error) {
        throw await withZoneInUse(access, error, { accountId, peerId: objectId, probeZone });
      }
    },
  });
}

interface Change {
  readonly accountId: string;
  readonly current: Peer;
  readonly content: PeerContent;
  readonly next: Primary;
  readonly probeZone: string | undefined;
}

/** What is there now and what is to be are both asked, with the keys that Cloudflare has for them. */
async function checkChange(
  { cloudflare: client, isForced }: ChainAccess,
  { accountId, current, content, next, probeZone }: Change,
): Promise<void> {
  const isRekeyed = content.tsig_id !== (current.tsig_id ?? "");
  await checkPeerChange({
    peerName: next.name,
    current: await serverOf(client, accountId, { ...current, name: next.name }),
    next,
    probeZone,
    isForced: probeZone !== undefined && isForced(probeZone),
    stays: `Peer "${next.name}" stays ${isRekeyed ? "with the TSIG it has" : "where it is"}`,
  });
}

async function serverOf(
  client: CloudflareClient,
  accountId: string,
  { name, ip, port, tsig_id }: Omit<Peer, "id">,
): Promise<Primary> {
  const key = tsig_id ? await transferKeyOf(client, accountId, tsig_id) : undefined;
  return { name, address: ip ?? "", port: port || 53, ...(key === undefined ? {} : { key }) };
}

/** What the state says Cloudflare holds. */
function savedPeer(id: string, { name = "", ip, port, ixfrEnable, tsigId }: State): Peer {
  return { id, name, ip, port, ixfr_enable: ixfrEnable, tsig_id: tsigId };
}

function contentOf(inputs: {
  name: string;
  ip?: string | undefined;
  port: number;
  ixfrEnable: boolean;
  tsigId?: string | undefined;
}): PeerContent {
  const { name, ip = "", port, ixfrEnable, tsigId = "" } = inputs;
  return { name, ip, port, ixfr_enable: ixfrEnable, tsig_id: tsigId };
}

function outputsOf({ id, name, ip, port, ixfr_enable, tsig_id }: Peer) {
  return {
    peerId: id,
    name,
    ip: ip ? canonicalAddress(ip) : undefined,
    port: port || 53,
    ixfrEnable: ixfr_enable ?? false,
    tsigId: tsig_id || undefined,
  };
}
