import type * as pulumi from "@pulumi/pulumi";
import { hasType, ManagedResource, register } from "./resource";

const registration = register<PrimaryDs>("PrimaryDs", "primaryDs", {
  accountId: undefined,
  zoneName: undefined,
  peers: undefined,
  digestType: undefined,
  profile: undefined,
  ds: undefined,
  records: undefined,
});

/** The arguments of a {@link PrimaryDs}. */
export interface PrimaryDsArgs {
  /** The Cloudflare account that the peers are in, 32 hexadecimal digits. Changes in place. */
  readonly accountId: pulumi.Input<string>;
  /** The zone's name, e.g. `example.com`. A change replaces the resource. */
  readonly zoneName: pulumi.Input<string>;
  /**
   * The primaries to query, 1 to 30: `peerId` of each `TransferPeer`. Address and TSIG are taken from the peer, so no
   * secret is needed here. The first primary that answers is used. Changes in place.
   */
  readonly peers: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * The digest type: 2 for SHA-256 (RFC 4509), 4 for SHA-384 (RFC 6605). Changes in place.
   * @default 2
   */
  readonly digestType?: pulumi.Input<2 | 4> | undefined;
  /**
   * Which credentials to use: "eu" reads `cloudflare-eu:apiToken` (or `CLOUDFLARE_EU_API_TOKEN`). Left out, `cloudflare:apiToken`.
   * Changes in place.
   */
  readonly profile?: pulumi.Input<string> | undefined;
}

/** One DS record's data (RFC 4034 section 5). */
export interface DsRecord {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  /** In upper-case hexadecimal digits. */
  readonly digest: string;
}

/**
 * The DS records for the registrar, for a zone that its primary signs. The machine that runs Pulumi queries the primary
 * over TCP, with the peer's TSIG. The records are for the keys that the primary's CDS records name (RFC 7344) or, without
 * CDS, for the secure entry points that sign the DNSKEY set. A refresh queries again; if no primary can be reached, it
 * changes nothing.
 *
 * Create fails when no primary can be reached, or the zone has no key. The token needs the permission
 * "Account Settings Read". Nothing is created at any service, and destroy only removes the resource from the state.
 *
 * @example
 * ```ts
 * const ns0 = new TransferPeer("ns0", {
 *   accountId: "0123456789abcdef0123456789abcdef",
 *   name: "ns0.example.com",
 *   ip: "192.0.2.53",
 * });
 * const keys = new PrimaryDs("example", {
 *   accountId: "0123456789abcdef0123456789abcdef",
 *   zoneName: "example.com",
 *   peers: [ns0.peerId],
 * });
 * export const ds = keys.ds; // example.com. 3600 IN DS 12345 13 2 …
 * ```
 */
export class PrimaryDs extends ManagedResource {
  /** The type token, for policies. */
  static readonly __pulumiType = registration.type;

  declare readonly accountId: pulumi.Output<string>;
  declare readonly zoneName: pulumi.Output<string>;
  declare readonly peers: pulumi.Output<string[]>;
  declare readonly digestType: pulumi.Output<2 | 4>;
  declare readonly profile: pulumi.Output<string | undefined>;
  /** The records in zone file format, one per line; empty when the zone asks for none (RFC 8078 section 4). */
  declare readonly ds: pulumi.Output<string>;
  /** The same records, field by field. */
  declare readonly records: pulumi.Output<DsRecord[]>;

  static override isInstance(value: unknown): value is PrimaryDs {
    return hasType(value, registration);
  }

  constructor(name: string, args: PrimaryDsArgs, options: pulumi.CustomResourceOptions = {}) {
    super(registration, name, args, options);
  }
}
