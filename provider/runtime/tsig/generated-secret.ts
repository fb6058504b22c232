import { createHmac, randomBytes } from "node:crypto";
import { Secret } from "../../core/secret";

/** 64 octets, the full hash output of HMAC-SHA-512: 48 random ones and a mark of where they come from. */
const RANDOM_OCTETS = 48;
const MARK_OCTETS = 16;

/** What a generated secret was made for. */
export interface Origin {
  /** The resource in its project and stack. */
  readonly owner: string;
  readonly accountId: string;
  readonly name: string;
}

/**
 * A secret that the next run can recognise: a run that is killed between the call and the state
 * leaves a TSIG that nobody remembers, and TSIG names are not unique. The mark is derived from the
 * random part, so it gives nothing of it away, and 384 random bits remain.
 */
export function generateSecret(origin: Origin): Secret {
  const random = randomBytes(RANDOM_OCTETS);
  return new Secret(Buffer.concat([random, mark(random, origin)]).toString("base64"));
}

export function isGeneratedFor(origin: Origin, secret: Secret): boolean {
  const bytes = Buffer.from(secret.reveal(), "base64");
  if (bytes.length !== RANDOM_OCTETS + MARK_OCTETS) return false;
  return mark(bytes.subarray(0, RANDOM_OCTETS), origin).equals(bytes.subarray(RANDOM_OCTETS));
}

function mark(random: Buffer, { owner, accountId, name }: Origin): Buffer {
  const hmac = createHmac("sha256", random).update("pulumi-secondary-dns TSIG v1");
  for (const part of [owner, accountId, name]) hmac.update(`\0${part}`);
  return hmac.digest().subarray(0, MARK_OCTETS);
}
