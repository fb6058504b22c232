import { z } from "zod";
import { timeOf } from "../../chain/decide/describe";
import { peerServersOf } from "../../chain/observe/peer-servers";
import type { CloudflareClient } from "../../cloudflare/client";
import { say } from "../../core/call-scope";
import { RefusedError } from "../../core/errors";
import { dsOf, formatDs } from "../../dns/ds";
import type { FailureCause, Result } from "../../dns/failure";
import { nameAndAddress, type Primary } from "../../dns/primary";
import { readKeys, type WantedAtParent } from "../../dns/read-keys";
import { defineResource } from "../../engine/define-resource";
import { pollUntil } from "../../engine/poll";
import { changedInput } from "../../engine/unknown";
import { describeFailure } from "../../primary/primary-error";
import type { Clients } from "../clients";
import * as field from "../fields";

const digestTypes = [2, 4] as const;
type DigestType = (typeof digestTypes)[number];
/** BIND's default pace takes 175 s for 25,000 names; a small zone takes less than one. */
const SIGNING_SECONDS = 60;
const KEY_FAILURES: readonly FailureCause["kind"][] = ["unknown-key", "wrong-secret", "key-refused"];
const CHANGED_KEY =
  'If somebody changed the TSIG at Cloudflare, leave the primary as it is: "pulumi up --refresh" puts the program\'s key back.';
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
      return changedInput(news, "zoneName", id);
    },

    async create(client, inputs) {
      return { id: inputs.zoneName, outputs: await recordsOnceSigned(client, inputs) };
    },

    async read(client, _id, state) {
      const { zoneName, ds, records } = state;
      const asked = await ask(client, state);
      if (asked.kind === "answered") return { outputs: outputsOf(state, asked.wanted), inputs: {} };
      // What the registrar has to publish does not change because a primary is down or does not sign just now.
      say(`The DS of ${zoneName} is kept as it was: ${asked.why}`);
      return { outputs: { ds, records }, inputs: {} };
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

type Keys = Extract<WantedAtParent, { readonly kind: "keys" }>;

type Asked =
  | { readonly kind: "answered"; readonly wanted: WantedAtParent }
  | { readonly kind: "not signed" | "unanswered"; readonly why: string };

/** A server that signs in the background, as BIND does, may have just begun. */
async function recordsOnceSigned(client: CloudflareClient, wanted: Wanted) {
  const { observed } = await pollUntil(await ask(client, wanted), {
    subject: `the primary to sign zone ${wanted.zoneName}`,
    timeoutSeconds: SIGNING_SECONDS,
    look: () => ask(client, wanted),
    judge: ({ kind }) => ({ kind: kind === "not signed" ? "wait" : "reached" }),
  });
  if (observed.kind === "answered") return outputsOf(wanted, observed.wanted);
  throw new RefusedError(
    `The DS of ${wanted.zoneName} is not known. ${observed.why}\nTo do without: dnssec: { signing: "presigned", ds: false } in the SecondaryZone, or no PrimaryDs.`,
  );
}

function outputsOf({ zoneName, digestType }: Wanted, wanted: WantedAtParent) {
  if (wanted.kind === "no DS")
    say(`The CDS of ${zoneName} at its primary asks for no DS at the parent (RFC 8078 section 4).`);
  const keys = wanted.kind === "keys" ? wanted.keys : [];
  const records = keys.map((key) => dsOf(zoneName, key, digestType)).sort((a, b) => a.keyTag - b.keyTag);
  return { ds: records.map((record) => formatDs(zoneName, record)).join("\n"), records };
}

/**
 * All primaries are asked at once, and the first of them that answers counts. Never without its TSIG: whoever answers
 * chooses what the parent trusts.
 */
async function ask(client: CloudflareClient, { accountId, zoneName, peers }: Wanted): Promise<Asked> {
  const { primaries, problems } = await peerServersOf(client, accountId, peers);
  const answers = await Promise.all(primaries.map((primary) => readKeys(primary, zoneName)));
  const answered = answers.findIndex(({ ok }) => ok);
  const [answer, primary] = [answers[answered], primaries[answered]];
  if (answer?.ok && primary) {
    const wanted = answer.value;
    const stranger = primaries.find((_, at) => areStrangers(wanted, answers[at]));
    if (stranger !== undefined) return { kind: "unanswered", why: apart(zoneName, primary, stranger) };
    if (wanted.kind === "no DS" || wanted.keys.length > 0) return { kind: "answered", wanted };
    return unsigned(nameAndAddress(primary), wanted);
  }
  const failures = answers.flatMap((each) => (each.ok ? [] : [describeFailure(each.failure)]));
  const isAboutKey = answers.some((each) => !each.ok && KEY_FAILURES.includes(each.failure.cause.kind));
  const changed = isAboutKey ? [CHANGED_KEY] : [];
  return { kind: "unanswered", why: [...problems, ...failures, ...changed].join("\n") };
}

function unsigned(primary: string, { ended, begins }: Pick<Keys, "ended" | "begins">): Asked {
  if (ended !== undefined)
    return {
      kind: "unanswered",
      why: `The signatures over the zone's keys at ${primary} expired at ${timeOf(ended)}.\nNext: find out there why it no longer signs, and sign the zone again.`,
    };
  if (begins !== undefined)
    return {
      kind: "unanswered",
      why: `The signatures over the zone's keys at ${primary} are valid only from ${timeOf(begins)}.\nNext: correct whichever clock is wrong, the primary's or this machine's, then sign the zone again there.`,
    };
  return {
    kind: "not signed",
    why: `At ${primary} no key-signing key signs the zone's keys.\nNext: sign the zone there, as npx pulumi-secondary-dns primary-config shows.`,
  };
}

/** Cloudflare transfers from any of them, and the DS of one does not lead to what another has signed. */
function areStrangers(wanted: WantedAtParent, other: Result<WantedAtParent> | undefined): boolean {
  if (wanted.kind !== "keys" || !other?.ok || other.value.kind !== "keys") return false;
  const keys = wanted.keys.map(({ publicKey }) => publicKey.toString("base64"));
  const others = other.value.keys.map(({ publicKey }) => publicKey.toString("base64"));
  return others.length > 0 && !others.some((key) => keys.includes(key));
}

function apart(zoneName: string, some: Primary, other: Primary): string {
  const where = ({ address, port }: Primary) => `${address} port ${port}`;
  return `${where(some)} and ${where(other)} sign ${zoneName} with different keys, and Cloudflare may transfer it from either: the DS of one does not fit the other.\nNext: sign in one place, and let the other primaries take the signed zone from there.`;
}
