import { z } from "zod";
import type { Peer, PeerContent } from "../cloudflare/peers";
import { canonicalAddress, isAddress } from "../core/address";
import { defineResource } from "../core/define-resource";
import { RefusedError } from "../core/errors";
import { keepingMade } from "../core/partial-failure";
import { changedInput } from "../core/unknown";
import { parseAccountScoped } from "./account-id";
import type { Clients } from "./clients";
import * as field from "./fields";
import { mustTakeKey } from "./new-key";
import { peerAccount } from "./peer-account";
import type { PeerLinks } from "./peer-links";
import { planPeer } from "./peer-plan";

const nameAllowed = "a text of 1 to 255 characters";
const ipAllowed = "an IPv4 or IPv6 address, such as 192.0.2.53 or 2001:db8::53";
const portAllowed = "a port, a whole number from 1 to 65535";

const state = z.object({
  profile: z.string().optional(),
  name: z.string().optional(),
  ip: z.string().optional(),
  port: z.number().optional(),
  ixfrEnable: z.boolean().optional(),
  tsigId: z.string().optional(),
  __inputs: z.array(z.string()).optional(),
});
type State = z.output<typeof state>;

export function transferPeerProvider(clients: Clients, links: PeerLinks) {
  return defineResource({
    fields: {
      accountId: field.accountId,
      name: z.string(nameAllowed).min(1, nameAllowed).max(255, nameAllowed),
      ip: z.string(ipAllowed).refine(isAddress, ipAllowed).transform(canonicalAddress).optional(),
      port: z.int(portAllowed).min(1, portAllowed).max(65_535, portAllowed).default(53),
      ixfrEnable: field.flag,
      tsigId: field.tsigId.optional(),
      probeZone: field.undottedName().optional(),
      adopt: field.flag,
      profile: field.profile,
    },
    state,
    connect: clients.cloudflare,

    object: {
      what: "a peer",
      by: [["accountId", "name", "ip", "port", "ixfrEnable", "tsigId"]],
      isAdopted: true,
    },

    begins: () => links.begins("peers"),
    seen: (id) => links.seen(parseAccountScoped("TransferPeer", id).objectId),

    replaces(id, _state, news) {
      return changedInput(news, "accountId", parseAccountScoped("TransferPeer", id).accountId);
    },

    async create(client, inputs, { isReplacing, holderOf, owner }) {
      const { accountId, name, adopt } = inputs;
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
      const start =
        plan.kind === "take" ? account.own(plan.item) : await account.create(name, { owner, accountId });
      const id = `${accountId}/${start.id}`;
      const peer = await account.bringTo(start, content).catch((error: unknown) => {
        throw keepingMade({ id, outputs: outputsOf(start) }, error);
      });
      return { id, outputs: outputsOf(peer) };
    },

    async read(client, id, { __inputs: given }) {
      const { accountId, objectId } = parseAccountScoped("TransferPeer", id);
      const peer = await peerAccount(client, accountId).read(objectId);
      if (peer === undefined) return undefined;
      const outputs = outputsOf(peer);
      const { ip, tsigId } = outputs;
      // Left out of the program, these mean "none", so one that is there now is drift.
      const added = Object.entries({ ip, tsigId }).filter(
        ([key, value]) => value && given && !given.includes(key),
      );
      return { outputs, inputs: { accountId, ...outputs }, drift: Object.fromEntries(added) };
    },

    async update(client, id, state, inputs) {
      const { accountId, objectId } = parseAccountScoped("TransferPeer", id);
      const { name, ip, port, tsigId, probeZone } = inputs;
      // A peer that was made half-way transfers nothing yet.
      if (state.ip && ip && tsigId && state.tsigId !== tsigId) {
        const primary = { name, address: ip, port };
        await mustTakeKey(client, { accountId, primary, present: state.tsigId, next: tsigId, probeZone });
      }
      const account = peerAccount(client, accountId);
      return outputsOf(await account.bringTo(savedPeer(objectId, state), contentOf(inputs)));
    },

    async delete(client, id) {
      const { accountId, objectId } = parseAccountScoped("TransferPeer", id);
      await links.release(objectId);
      await peerAccount(client, accountId).delete(objectId);
    },
  });
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
