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
import { defineResource, keepingWhatStood, PartialFailure } from "../core/define-resource";
import { withoutDot } from "../core/domain-name";
import { ApiError, RefusedError, WaitError } from "../core/errors";
import { isUnknown } from "../core/unknown";
import type { Clients } from "./clients";
import * as field from "./fields";
import { forceAndWait } from "./forced-transfer";

const refreshAllowed = "whole seconds, at least 300";
const triggersAllowed = "a list of texts";

/** What create took over, of what the program decides. */
const before = z.object({ name: z.string(), peers: z.array(z.string()), autoRefreshSeconds: z.number() });
type Settings = z.output<typeof before>;

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
      __before: before.optional(),
    }),
    connect: clients.cloudflare,

    replaces(id, _state, news) {
      return isUnknown(news.zoneId) || news.zoneId !== id ? ["zoneId"] : [];
    },

    async create(client, inputs) {
      const { zoneId } = inputs;
      const standing = await getIncoming(client, zoneId);
      const before = standing && settingsOf(standing);
      // One that is as wanted was left by a run that was killed, or may go with the resource as well.
      const kept = before && !isEqual(before, inputs) ? { __before: before } : {};
      const snapshot = (outputs: object) => ({ id: zoneId, outputs: { ...outputs, ...kept } });
      const now = await bringTo(client, zoneId, standing, inputs).catch((error: unknown) => {
        throw standing ? keepingWhatStood(snapshot(outputsOf(standing)), error) : error;
      });
      const isNew = before === undefined || !isSamePeers(before.peers, inputs.peers);
      return snapshot(await transferred(client, now, inputs, isNew, kept));
    },

    async read(client, id, { __awaited, __before }) {
      const incoming = await getIncoming(client, id);
      if (incoming === undefined) return undefined;
      const outputs = { ...outputsOf(incoming), __before };
      const inputs = { zoneId: id, ...settingsOf(incoming) };
      if (!__awaited) return { outputs, inputs };
      // A refresh makes the engine forget that the last wait failed; so that the next up waits again:
      return { outputs: { ...outputs, __awaited }, inputs: { ...inputs, waitForTransfer: false } };
    },

    async update(client, id, { peers = [], triggers = [], __awaited = false, __before }, inputs) {
      const now = await bringTo(client, id, await getIncoming(client, id), inputs);
      const isTriggered = (inputs.triggers ?? []).join() !== triggers.join();
      const mustProve = isTriggered || __awaited || !isSamePeers(peers, inputs.peers);
      if (isTriggered && inputs.waitForTransfer === false) await forceTransfer(client, id);
      const kept = { __before };
      return { ...(await transferred(client, now, inputs, mustProve, kept)), ...kept };
    },

    async delete(client, id, { __before }) {
      if (__before === undefined || !(await isPutBack(client, id, __before)))
        await deleteIncoming(client, id);
    },
  });
}

/** Peers may have been deleted since, and Cloudflare then refuses to link them. */
async function isPutBack(client: CloudflareClient, zoneId: string, before: Settings): Promise<boolean> {
  const standing = await getIncoming(client, zoneId);
  if (standing === undefined) return true;
  try {
    await bringTo(client, zoneId, standing, before);
    return true;
  } catch (error) {
    if (!(error instanceof ApiError) || error.data.status !== 400) throw error;
    console.log(
      `The incoming transfer of zone ${zoneId} cannot be put back as it was, so it goes. ${error.message}`,
    );
    return false;
  }
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
  wanted: Settings,
): Promise<Incoming> {
  const content = contentOf(wanted);
  if (standing === undefined) return makeAndKeep(client, zoneId, content);
  return isEqual(settingsOf(standing), wanted) ? standing : replaceIncoming(client, zoneId, content);
}

function isEqual(some: Settings, others: Settings): boolean {
  return (
    some.name === others.name &&
    some.autoRefreshSeconds === others.autoRefreshSeconds &&
    isSamePeers(some.peers, others.peers)
  );
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
  kept: object,
) {
  if (timeoutSeconds === false) return outputsOf(start);
  const forced = { zoneId, accountId, start, timeoutSeconds, mustProve };
  const { incoming, failure } = await forceAndWait(client, forced);
  const outputs = outputsOf(incoming);
  if (failure === undefined) return outputs;
  const snapshot = { id: zoneId, outputs: { ...outputs, ...kept, __awaited: true } };
  throw new PartialFailure(snapshot, new WaitError(failure));
}

interface Waiting {
  readonly zoneId: string;
  readonly accountId?: string | undefined;
  readonly waitForTransfer: number | false;
}

function contentOf({ name, peers, autoRefreshSeconds }: Settings): IncomingContent {
  return { name, peers, auto_refresh_seconds: autoRefreshSeconds };
}

function settingsOf({ name, peers, auto_refresh_seconds }: Incoming): Settings {
  return {
    name: withoutDot(name.toLowerCase()),
    peers: [...peers].sort(),
    autoRefreshSeconds: auto_refresh_seconds,
  };
}

function outputsOf(incoming: Incoming) {
  return {
    ...settingsOf(incoming),
    soaSerial: incoming.soa_serial || undefined,
    checkedTime: incoming.checked_time || undefined,
    createdTime: incoming.created_time || undefined,
    modifiedTime: incoming.modified_time || undefined,
  };
}
