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
import { withoutDot } from "../core/domain-name";
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
      accountId: field.accountId.optional(),
      profile: field.profile,
    },
    state: z.object({
      profile: z.string().optional(),
      peers: z.array(z.string()).optional(),
      triggers: z.array(z.string()).optional(),
      /** A transfer was waited for in vain, and nothing has shown since that it works. */
      __awaited: z.boolean().optional(),
    }),
    connect: clients.cloudflare,

    replaces(id, _state, news) {
      return isUnknown(news.zoneId) || news.zoneId !== id ? ["zoneId"] : [];
    },

    async create(client, inputs) {
      const { zoneId } = inputs;
      const standing = await getIncoming(client, zoneId);
      const now = await bringTo(client, zoneId, standing, contentOf(inputs));
      const isNew = standing === undefined || !isSamePeers(outputsOf(standing).peers, inputs.peers);
      return { id: zoneId, outputs: await transferred(client, now, inputs, isNew) };
    },

    async read(client, id, { __awaited }) {
      const incoming = await getIncoming(client, id);
      if (incoming === undefined) return undefined;
      const outputs = outputsOf(incoming);
      const inputs = { zoneId: id, ...outputs };
      if (!__awaited) return { outputs, inputs };
      // A refresh makes the engine forget that the last wait failed; so that the next up waits again:
      return { outputs: { ...outputs, __awaited }, inputs: { ...inputs, waitForTransfer: false } };
    },

    async update(client, id, { peers = [], triggers = [], __awaited = false }, inputs) {
      const now = await bringTo(client, id, await getIncoming(client, id), contentOf(inputs));
      const isTriggered = (inputs.triggers ?? []).join() !== triggers.join();
      const mustProve = isTriggered || __awaited || !isSamePeers(peers, inputs.peers);
      if (isTriggered && inputs.waitForTransfer === false) await forceTransfer(client, id);
      return transferred(client, now, inputs, mustProve);
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
  standing: Incoming | undefined,
  wanted: IncomingContent,
): Promise<Incoming> {
  if (standing === undefined) return makeAndKeep(client, zoneId, wanted);
  const is = outputsOf(standing);
  const isEqual =
    is.name === wanted.name &&
    is.autoRefreshSeconds === wanted.auto_refresh_seconds &&
    isSamePeers(is.peers, wanted.peers);
  return isEqual ? standing : replaceIncoming(client, zoneId, wanted);
}

/** Both are sorted. */
function isSamePeers(some: readonly string[], others: readonly string[]): boolean {
  return some.join() === others.join();
}

/** Forces a transfer and waits until Cloudflare has seen it, if that is asked for. */
async function transferred(
  client: CloudflareClient,
  start: Incoming,
  { zoneId, accountId, waitForTransfer: timeoutSeconds }: Waiting,
  mustProve: boolean,
) {
  if (timeoutSeconds === false) return outputsOf(start);
  const forced = { zoneId, accountId, start, timeoutSeconds, mustProve };
  const { incoming, failure } = await forceAndWait(client, forced);
  const outputs = outputsOf(incoming);
  if (failure === undefined) return outputs;
  throw new PartialFailure({ id: zoneId, outputs: { ...outputs, __awaited: true } }, new WaitError(failure));
}

interface Waiting {
  readonly zoneId: string;
  readonly accountId?: string | undefined;
  readonly waitForTransfer: number | false;
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
    name: withoutDot(incoming.name.toLowerCase()),
    peers: [...incoming.peers].sort(),
    autoRefreshSeconds: incoming.auto_refresh_seconds,
    soaSerial: incoming.soa_serial || undefined,
    checkedTime: incoming.checked_time || undefined,
    createdTime: incoming.created_time || undefined,
    modifiedTime: incoming.modified_time || undefined,
  };
}
