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
import type { Clients } from "./clients";
import * as field from "./fields";
import { forceAndWait } from "./forced-transfer";

const refreshAllowed = "whole seconds, at least 300";
const triggersAllowed = "a list of texts";

export function incomingTransferProvider(clients: Clients) {
  return defineResource({
    fields: {
      zoneId: field.zoneId,
      name: field.undottedName(),
      peers: field.peerIds,
      autoRefreshSeconds: z.int(refreshAllowed).min(300, refreshAllowed).default(86_400),
      waitForTransfer: field.timeout,
      triggers: z.array(z.string(triggersAllowed), triggersAllowed).optional(),
      profile: field.profile,
    },
    state: z.object({ profile: z.string().optional(), triggers: z.array(z.string()).optional() }),
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

    async update(client, id, { triggers = [] }, inputs) {
      const standing = await getIncoming(client, id);
      const now = standing
        ? await bringTo(client, id, standing, contentOf(inputs))
        : await makeAndKeep(client, id, contentOf(inputs));
      const isTriggered = (inputs.triggers ?? []).join() !== triggers.join();
      if (isTriggered && inputs.waitForTransfer === false) await forceTransfer(client, id);
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
  const { incoming, failure } = await forceAndWait(client, zoneId, start, timeoutSeconds);
  const outputs = outputsOf(incoming);
  if (failure === undefined) return outputs;
  throw new PartialFailure({ id: zoneId, outputs }, new WaitError(failure));
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
