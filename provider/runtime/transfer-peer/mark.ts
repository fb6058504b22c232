import { createHash, randomBytes } from "node:crypto";

const OWNER_DIGITS = 20;
const NONCE_BYTES = 8;

/**
 * Cloudflare makes a peer with a name alone, and the rest follows in a second call. Until then its name says whose
 * it is, so that a lost answer or a killed run leaves a peer that its resource, and no other, knows again.
 */
export interface PeerOrigin {
  /** The resource in its project and stack; nothing where the class does not give it. */
  readonly owner: string | undefined;
  readonly accountId: string;
}

/** A name that no other create has, readable where somebody meets it in the dashboard. */
export function markedName(origin: PeerOrigin): string {
  return `${prefixOf(origin)}${randomBytes(NONCE_BYTES).toString("hex")}`;
}

export function isMarkedFor(origin: PeerOrigin, name: string): boolean {
  return origin.owner !== undefined && name.startsWith(prefixOf(origin));
}

function prefixOf({ owner = "", accountId }: PeerOrigin): string {
  const hash = createHash("sha256").update(`pulumi-secondary-dns peer v1\0${owner}\0${accountId}`);
  return `pulumi-secondary-dns-unfinished-${hash.digest("hex").slice(0, OWNER_DIGITS)}-`;
}
