import type * as pulumi from "@pulumi/pulumi";
import {
  type GetOptions,
  hasType,
  type Lookup,
  type LookupOptions,
  lookUp,
  ManagedResource,
  register,
} from "./resource";

const registration = register<IncomingTransfer>("IncomingTransfer", "incomingTransfer", {
  zoneId: undefined,
  name: undefined,
  peers: undefined,
  autoRefreshSeconds: undefined,
  waitForTransfer: undefined,
  triggers: undefined,
  accountId: undefined,
  profile: undefined,
  soaSerial: undefined,
  checkedTime: undefined,
  createdTime: undefined,
  modifiedTime: undefined,
});

/** The arguments of an {@link IncomingTransfer}. */
export interface IncomingTransferArgs {
  /** The Cloudflare zone, 32 hexadecimal digits; its type must be secondary. A change replaces the resource. */
  readonly zoneId: pulumi.Input<string>;
  /** The zone's name, e.g. `example.com`. Changes in place. */
  readonly name: pulumi.Input<string>;
  /** The peers to transfer from, 1 to 30: `peerId` of each `TransferPeer`. Their order does not matter. Changes in place. */
  readonly peers: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * How often Cloudflare checks the primary, in seconds, at least 300; it ignores the SOA's refresh field.
   * On a NOTIFY it checks at once. Changes in place.
   * @default 86400
   */
  readonly autoRefreshSeconds?: pulumi.Input<number> | undefined;
  /**
   * At create and update, force a transfer and wait up to this many seconds (1 to 604800) for Cloudflare to have the
   * primary's serial; `false` does neither. At create, and when peers or triggers change, only a new serial proves that
   * transfers work, unless the machine that runs Pulumi can itself transfer the zone with the peer's key. Querying the
   * primaries may take another 30 s. After a time-out, the error gives the cause that the primary reports, the resource
   * is kept, and the next `up` waits again. Changes in place.
   * @default false
   */
  readonly waitForTransfer?: pulumi.Input<number | false> | undefined;
  /**
   * Values whose change forces another transfer, e.g. the `tsigId` of the peers: only a transfer proves that a key
   * works. Kept in state, not sent to Cloudflare. Left out, only a change of peers forces a transfer. Changes in place.
   */
  readonly triggers?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * The account that the peers are in, needed to query the primaries. Left out, it is read from the zone, for which
   * the token also needs "Zone Read". Changes in place.
   */
  readonly accountId?: pulumi.Input<string> | undefined;
  /**
   * Which credentials to use: "eu" reads `cloudflare-eu:apiToken` (or `CLOUDFLARE_EU_API_TOKEN`). Left out, `cloudflare:apiToken`.
   * Changes in place.
   */
  readonly profile?: pulumi.Input<string> | undefined;
}

/**
 * Where a secondary zone is transferred from. A zone has at most one incoming transfer, so create takes over an existing
 * one. Destroy restores that one if it used none of these peers and its own peers still exist; otherwise it deletes it.
 *
 * The token needs the permission "Zone Settings Write".
 * Source: https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/incoming/
 *
 * @example
 * ```ts
 * const ns0 = new TransferPeer("ns0", {
 *   accountId: "0123456789abcdef0123456789abcdef",
 *   name: "ns0.example.com",
 *   ip: "192.0.2.53",
 * });
 * const incoming = new IncomingTransfer("example", {
 *   zoneId: "fedcba9876543210fedcba9876543210",
 *   name: "example.com",
 *   peers: [ns0.peerId],
 * });
 * export const serial = incoming.soaSerial;
 * ```
 */
export class IncomingTransfer extends ManagedResource {
  /** The type token, for policies. */
  static readonly __pulumiType = registration.type;

  declare readonly zoneId: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly peers: pulumi.Output<string[]>;
  declare readonly autoRefreshSeconds: pulumi.Output<number>;
  declare readonly waitForTransfer: pulumi.Output<number | false>;
  declare readonly triggers: pulumi.Output<string[] | undefined>;
  declare readonly accountId: pulumi.Output<string | undefined>;
  declare readonly profile: pulumi.Output<string | undefined>;
  /** The SOA serial that Cloudflare serves; absent before the first transfer. */
  declare readonly soaSerial: pulumi.Output<number | undefined>;
  /** When Cloudflare last checked the primary. */
  declare readonly checkedTime: pulumi.Output<string | undefined>;
  declare readonly createdTime: pulumi.Output<string | undefined>;
  /** When the zone last changed. */
  declare readonly modifiedTime: pulumi.Output<string | undefined>;

  /** Looks up the incoming transfer of a zone that something else manages, by the zone id. Needs credentials at preview too. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: GetOptions): IncomingTransfer {
    return new IncomingTransfer(name, ...lookUp(id, options));
  }

  static override isInstance(value: unknown): value is IncomingTransfer {
    return hasType(value, registration);
  }

  constructor(name: string, args: IncomingTransferArgs, options?: pulumi.CustomResourceOptions);
  constructor(name: string, args: Lookup, options: LookupOptions);
  constructor(name: string, args: Partial<IncomingTransferArgs>, options: pulumi.CustomResourceOptions = {}) {
    super(registration, name, args, options);
  }
}
