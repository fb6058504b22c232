import type { Address } from "../provider/dns/address";
import type { DomainName } from "../provider/dns/domain-name";
import type { Network } from "../provider/dns/network";
import type { Base64, TsigAlgorithm } from "../provider/dns/tsig-algorithm";
import type { PolicyName } from "./policy-name";

/** What a primary must know of a zone so that transfers to Cloudflare work. Only `parseZone` makes what is in it. */
export interface PrimaryZone {
  readonly name: DomainName;
  /**
   * Each of them may transfer: there are two while one replaces the other. The active one is first, since
   * PowerDNS signs NOTIFY with the first.
   */
  readonly keys: readonly [TransferKey, ...TransferKey[]];
  readonly signing: Signing;
  /** Of a zone that the primary signs already: goes on under this one. Left out: gets one from us. */
  readonly policy?: PolicyName | undefined;
  readonly secondary: Secondary;
  /** How long Cloudflare may not look when no NOTIFY comes through. */
  readonly refreshSeconds: number;
}

export type Zones = readonly [PrimaryZone, ...PrimaryZone[]];

/** What the primary does about DNSSEC. Beside `both`, Cloudflare signs too, with keys of its own (RFC 8901 model 2). */
export type Signing =
  | { readonly by: "nobody" }
  | { readonly by: "primary" | "both"; readonly denial: "nsec" | "nsec3" };

export interface TransferKey {
  readonly name: DomainName;
  readonly algorithm: TsigAlgorithm;
  readonly secret: Base64;
}

/** Where a secondary is, seen from its primary. */
export interface Secondary {
  readonly transferFrom: readonly Network[];
  readonly notify: readonly Endpoint[];
}

export interface Endpoint {
  readonly address: Address;
  readonly port: number;
}
