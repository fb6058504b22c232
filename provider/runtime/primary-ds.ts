import { z } from "zod";
import type { CloudflareClient } from "../cloudflare/client";
import { defineResource } from "../core/define-resource";
import { RefusedError } from "../core/errors";
import { isUnknown } from "../core/unknown";
import { waitUntil } from "../core/wait";
import { dsOf, formatDs } from "../dns/ds";
import type { Primary } from "../dns/primary";
import { PrimaryError } from "../dns/primary-error";
import { secureEntryPoints } from "../dns/secure-entry-points";
import type { Clients } from "./clients";
import * as field from "./fields";
import { primariesOf } from "./primaries";

const digestTypes = [2, 4] as const;
type DigestType = (typeof digestTypes)[number];
/** BIND's default pace takes 175 s for 25,000 names; a small zone takes less than one. */
const SIGNING_SECONDS = 60;
const digestAllowed = "2 (SHA-256) or 4 (SHA-384)";

const saved = z.object({
  profile: z.string().optional(),
  accountId: z.string(),
  zoneName: z.string(),
  peers: z.array(z.string()),
  digestType: z.literal(digestTypes),
  ds: z.string(),
  records: z.array(
    z.object({ keyTag: z.number(), algorithm: z.number(), digestType: z.number(), digest: z.string() }),
  ),
});

export function primaryDsProvider(clients: Clients) {
  return defineResource({
    fields: {
      accountId: field.accountId,
      zoneName: field.undottedName(),
      peers: field.peerIds,
      digestType: z.literal(digestTypes, digestAllowed).default(2),
      profile: field.profile,
    },
    state: saved,
    connect: clients.cloudflare,

    replaces(id, _state, news) {
      return isUnknown(news.zoneName) || news.zoneName !== id ? ["zoneName"] : [];
    },

    async create(client, inputs) {
      return { id: inputs.zoneName, outputs: await recordsOnceSigned(client, inputs) };
    },

    async read(client, _id, state) {
      const { ds, records } = state;
      const outputs = await recordsOf(client, state).catch((error: unknown) => {
        // What the registrar has to publish does not change because a primary is down.
        if (!(error instanceof PrimaryError)) throw error;
        console.log(`The DS of ${state.zoneName} is kept as it was: ${error.message}`);
        return { ds, records };
      });
      return { outputs, inputs: {} };
    },

    update: (client, _id, _state, inputs) => recordsOnceSigned(client, inputs),

    delete: async () => {},
  });
}

interface Wanted {
  readonly accountId: string;
  readonly zoneName: string;
  readonly peers: readonly string[];
  readonly digestType: DigestType;
}

async function recordsOf(client: CloudflareClient, wanted: Wanted) {
  const { zoneName, digestType } = wanted;
  const keys = await keysOf(client, wanted);
  const records = keys.map((key) => dsOf(zoneName, key, digestType)).sort((a, b) => a.keyTag - b.keyTag);
  return { ds: records.map((record) => formatDs(zoneName, record)).join("\n"), records };
}

/** A server that signs in the background, as BIND does, may have just begun. */
async function recordsOnceSigned(client: CloudflareClient, wanted: Wanted) {
  const { zoneName } = wanted;
  const { observed, failure } = await waitUntil(await recordsOf(client, wanted), {
    subject: `the primary to sign zone ${zoneName}`,
    timeoutSeconds: SIGNING_SECONDS,
    look: () => recordsOf(client, wanted),
    judge: ({ records }) => ({ kind: records.length > 0 ? "reached" : "wait" }),
  });
  if (failure === undefined) return observed;
  throw new RefusedError(
    `No DS belongs to ${zoneName}: at its primary no secure entry point signs the key set, or a CDS asks for no DS (RFC 8078).\nNext: sign the zone there, as the zone's primaryConfig shows, or leave PrimaryDs out.`,
  );
}

/** From the first primary that answers. */
async function keysOf(client: CloudflareClient, { accountId, zoneName, peers }: Wanted) {
  const primaries = await primariesOf(client, accountId, peers);
  let failure: PrimaryError | undefined;
  for (const primary of primaries) {
    try {
      return await askForKeys(primary, zoneName);
    } catch (error) {
      if (!(error instanceof PrimaryError)) throw error;
      failure = error;
    }
  }
  throw (
    failure ??
    new RefusedError(
      `The keys of ${zoneName} cannot be asked for: none of the peers ${peers.join(", ")} has an address.\nNext: give a TransferPeer its ip.`,
    )
  );
}

/** Knot takes no key from an address that may not use it, even for what it tells everybody. */
async function askForKeys(primary: Primary, zoneName: string) {
  try {
    return await secureEntryPoints(primary, zoneName);
  } catch (error) {
    if (!(error instanceof PrimaryError) || error.data.trouble.kind !== "unknown-key") throw error;
    const { key, ...unsigned } = primary;
    const answer = await secureEntryPoints(unsigned, zoneName);
    console.log(
      `The keys of ${zoneName} were asked for without TSIG: ${primary.address} does not take "${key?.name}" from this machine`,
    );
    return answer;
  }
}
