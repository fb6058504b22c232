import type { Secret } from "../core/secret";

/** The TSIG key that a primary is asked with. */
export interface TransferKey {
  readonly name: string;
  /** As on the wire, with its dot: `hmac-sha512.`. */
  readonly algorithm: string;
  /** Base64, as every server's configuration has it. */
  readonly secret: Secret;
}

/** A server that Cloudflare is to transfer a zone from. */
export interface Primary {
  /** What messages call it. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** Left out: it is asked without TSIG. */
  readonly key?: TransferKey;
}

/** How messages call a server, once they have said what it is. */
export function nameAndAddress({ name, address, port }: Primary): string {
  const where = `${address} port ${port}`;
  return name === address ? where : `${name} (${where})`;
}
