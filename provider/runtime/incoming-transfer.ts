import { z } from "zod";
import type { CloudflareClient } from "../cloudflare/client";
import {
  createIncoming,
  deleteIncoming,
  forceTransfer,
  getIncoming,
  type Incoming,
  type IncomingContent,
  replaceIncoming,
} from "../cloudflare/incoming";
import { getZone } from "../cloudflare/zones";
import { defineResource, PartialFailure } from "../core/define-resource";
import { RefusedError, WaitError } from "../core/errors";
import { isUnknown } from "../core/unknown";
import { waitUntil } from "../core/wait";
import type { Clients } from "./clients";
import * as field from "./fields";

const peersAllowed = "a list of 1 to 30 different peer ids";
const refreshAllowed = "whole seconds, at least 300";

export function incomingTransferProvider(clients: Clients) {
  return defineResource({
    fields: {
      zoneId: field.zoneId,
      name: field.undottedName(),
      peers: z
        .array(field.peerId, peersAllowed)
        .min(1, peersAllowed)
        .max(30, peersAllowed)
        .refine((ids) => new Set(ids).size === ids.length, peersAllowed)
        // The API treats them as a set.
        .transform((ids) => [...ids].sort()),
      autoRefreshSeconds: z.int(refreshAllowed).min(300, refreshAllowed).default(86_400),
      waitForTransfer: field.timeout,
      profile: field.profile,
    },
    state: z.object({ profile: z.string().optional() }),
    connect: clients.cloudflare,

    replaces(id, _state, news) {
      return isUnknown(news.zoneId) || news.zoneId !== id ? ["zoneId"] : [];
    },

    async create(client, inputs) {
      const { zoneId } = inputs;
      const standing = await getIncoming(client, zoneId);
      const made = standing
        ? await bringTo(client, zoneId, standing, contentOf(inputs))
        : await makeAndKeep(client, zoneId, contentOf(inputs));
      return { id: zoneId, outputs: await transferred(client, zoneId, made, inputs.waitForTransfer) };
    },

    async read(client, id) {
      const incoming = await getIncoming(client, id);
      if (incoming === undefined) return undefined;
      const outputs = outputsOf(incoming);
      return { outputs, inputs: { zoneId: id, ...outputs } };
    },

    async update(client, id, _state, inputs) {
      const standing = await getIncoming(client, id);
      const now = standing
        ? await bringTo(client, id, standing, contentOf(inputs))
        : await makeAndKeep(client, id, contentOf(inputs));
      return transferred(client, id, now, inputs.waitForTransfer);
    },

    async delete(client, id) {
      await deleteIncoming(client, id);
    },
  });
}

/** Cloudflare answers success on a zone that is not secondary, and keeps nothing. */
async function makeAndKeep(
  client: CloudflareClient,
  zoneId: string,
  content: IncomingContent,
): Promise<Incoming> {
  await createIncoming(client, zoneId, content);
  const kept = await getIncoming(client, zoneId);
  if (kept !== undefined) return kept;
  const zone = await getZone(client, zoneId);
  throw new RefusedError(
    `Cloudflare took the incoming transfer of zone ${zoneId} and did not keep it: the zone's type is ${zone?.type ?? "not known"}.\nNext: make it a zone of type secondary (Enterprise), or correct zoneId.`,
  );
}

async function bringTo(
  client: CloudflareClient,
  zoneId: string,
  standing: Incoming,
  wanted: IncomingContent,
): Promise<Incoming> {
  const is = outputsOf(standing);
  const equal =
    is.name === wanted.name &&
    is.autoRefreshSeconds === wanted.auto_refresh_seconds &&
    is.peers.join() === wanted.peers.join();
  return equal ? standing : replaceIncoming(client, zoneId, wanted);
}

/** Forces a transfer and waits until Cloudflare has seen it, if that is asked for. */
async function transferred(
  client: CloudflareClient,
  zoneId: string,
  start: Incoming,
  timeoutSeconds: number | false,
) {
  if (timeoutSeconds === false) return outputsOf(start);
  await forceTransfer(client, zoneId);
  const subject = `zone ${start.name} to be transferred`;
  const waited = await waitUntil(start, {
    subject,
    timeoutSeconds,
    look: async () => (await getIncoming(client, zoneId)) ?? start,
    judge: (now) => ({ kind: isTransferred(start, now) ? "reached" : "wait" }),
  });
  const outputs = outputsOf(waited.observed);
  if (waited.failure === undefined) return outputs;
  throw new PartialFailure(
    { id: zoneId, outputs },
    new WaitError(
      `Gave up waiting for ${subject}: ${waited.failure}, and Cloudflare's serial is ${outputs.soaSerial ?? "none"}.\nNext: check at the primary that it has the TSIG key, allows transfers to Cloudflare's addresses with it, and what its log says; then run the command again.`,
    ),
  );
}

/** A first serial, or a later look at the primary than the one that stood there before. */
function isTransferred(before: Incoming, now: Incoming): boolean {
  return Boolean(now.soa_serial) && (!before.soa_serial || now.checked_time !== before.checked_time);
}

function contentOf(inputs: {
  name: string;
  peers: readonly string[];
  autoRefreshSeconds: number;
}): IncomingContent {
  return { name: inputs.name, peers: inputs.peers, auto_refresh_seconds: inputs.autoRefreshSeconds };
}

function outputsOf(incoming: Incoming) {
  return {
    name: field.withoutDot(incoming.name.toLowerCase()),
    peers: [...incoming.peers].sort(),
    autoRefreshSeconds: incoming.auto_refresh_seconds,
    soaSerial: incoming.soa_serial || undefined,
    checkedTime: incoming.checked_time || undefined,
    createdTime: incoming.created_time || undefined,
    modifiedTime: incoming.modified_time || undefined,
  };
}
