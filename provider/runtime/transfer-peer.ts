import { isIP } from "node:net";
import { z } from "zod";
import { deletePeer, getPeer, type Peer, type PeerContent, replacePeer } from "../cloudflare/peers";
import { defineResource, PartialFailure } from "../core/define-resource";
import { isSecondaryDnsError } from "../core/errors";
import { isUnknown } from "../core/unknown";
import { parseAccountScoped } from "./account-id";
import type { Clients } from "./clients";
import * as field from "./fields";
import { mustTakeKey } from "./new-key";
import { peerAccount } from "./peer-account";

const nameAllowed = "a text of 1 to 255 characters";
const ipAllowed = "an IPv4 or IPv6 address, such as 192.0.2.53 or 2001:db8::53";
const portAllowed = "a port, a whole number from 1 to 65535";

export function transferPeerProvider(clients: Clients) {
  return defineResource({
    fields: {
      accountId: field.accountId,
      name: z.string(nameAllowed).min(1, nameAllowed).max(255, nameAllowed),
      ip: z
        .string(ipAllowed)
        .refine((text) => isIP(text) !== 0, ipAllowed)
        .transform(canonicalAddress)
        .optional(),
      port: z.int(portAllowed).min(1, portAllowed).max(65_535, portAllowed).default(53),
      ixfrEnable: field.flag,
      tsigId: field.tsigId.optional(),
      probeZone: field.undottedName().optional(),
      profile: field.profile,
    },
    state: z.object({
      profile: z.string().optional(),
      ip: z.string().optional(),
      tsigId: z.string().optional(),
      __inputs: z.array(z.string()).optional(),
    }),
    connect: clients.cloudflare,

    replaces(id, _state, news) {
      const { accountId } = parseAccountScoped("TransferPeer", id);
      return isUnknown(news.accountId) || news.accountId !== accountId ? ["accountId"] : [];
    },

    async create(client, inputs) {
      const { accountId, name } = inputs;
      const made = await peerAccount(client, accountId).bare(name);
      const id = `${accountId}/${made.id}`;
      try {
        return { id, outputs: outputsOf(await replacePeer(client, accountId, made.id, contentOf(inputs))) };
      } catch (error) {
        if (isSecondaryDnsError(error)) throw new PartialFailure({ id, outputs: outputsOf(made) }, error);
        throw error;
      }
    },

    async read(client, id, { __inputs: given }) {
      const { accountId, objectId } = parseAccountScoped("TransferPeer", id);
      peerAccount(client, accountId).ownId(objectId);
      const peer = await getPeer(client, accountId, objectId);
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
      peerAccount(client, accountId).ownId(objectId);
      const { name, ip, port, tsigId, probeZone } = inputs;
      // A peer that was made half-way transfers nothing yet.
      if (state.ip && ip && tsigId && state.tsigId !== tsigId) {
        const primary = { name, address: ip, port };
        await mustTakeKey(client, { accountId, primary, present: state.tsigId, next: tsigId, probeZone });
      }
      return outputsOf(await replacePeer(client, accountId, objectId, contentOf(inputs)));
    },

    async delete(client, id) {
      const { accountId, objectId } = parseAccountScoped("TransferPeer", id);
      peerAccount(client, accountId).ownId(objectId);
      await deletePeer(client, accountId, objectId);
    },
  });
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

/** IPv6 addresses have many spellings (RFC 5952); a URL's parser knows the canonical one. */
function canonicalAddress(address: string): string {
  return isIP(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}
