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

const registration = register<TransferPeer>("TransferPeer", "transferPeer", {
  accountId: undefined,
  name: undefined,
  ip: undefined,
  port: undefined,
  ixfrEnable: undefined,
  tsigId: undefined,
  probeZone: undefined,
  adopt: undefined,
  profile: undefined,
  peerId: undefined,
  revision: undefined,
});

/** The arguments of a {@link TransferPeer}. */
export interface TransferPeerArgs {
  /** The Cloudflare account, 32 hexadecimal digits. A change replaces the peer. */
  readonly accountId: pulumi.Input<string>;
  /** A descriptive name, 1 to 255 characters. Changes in place. */
  readonly name: pulumi.Input<string>;
  /**
   * The primary's IPv4 or IPv6 address, where Cloudflare requests transfers. Left out, the peer has none and no zone can
   * be transferred from it. Changes in place, once the primary there is seen to accept the key (`probeZone`).
   */
  readonly ip?: pulumi.Input<string> | undefined;
  /**
   * The primary's DNS port, 1 to 65535, over TCP. Changes in place, as `ip` does.
   * @default 53
   */
  readonly port?: pulumi.Input<number> | undefined;
  /**
   * Ask for incremental transfers (RFC 1995) rather than whole zones. Changes in place.
   * @default false
   */
  readonly ixfrEnable?: pulumi.Input<boolean> | undefined;
  /**
   * The TSIG that signs the transfers: `tsigId` of a `Tsig`. A peer has at most one, and all peers of a zone need the
   * same. Left out, transfers are not signed. Changes in place; the primary must know the key first, which is checked
   * (`probeZone`).
   */
  readonly tsigId?: pulumi.Input<string> | undefined;
  /**
   * A zone that the primary serves. Before the peer moves to another TSIG, the machine that runs Pulumi tries that TSIG:
   * it starts a transfer of this zone or, if it may not transfer, queries the SOA. If the current key passes and the new
   * one does not, the change is refused and transfers continue. It is also refused if this zone would go off the air
   * by what it would then be transferred; of other zones that share the peer that is not checked. Left out, no zone is
   * queried, and Knot does not check the key. Kept in state, not sent to Cloudflare. Changes in place.
   */
  readonly probeZone?: pulumi.Input<string> | undefined;
  /**
   * Take over the account's peer that is equal in everything, or that has this name and nothing else, instead of creating
   * another: names are not unique at Cloudflare. Destroy then deletes it. Without `adopt`, create is refused if such a peer
   * exists: a killed run may have left it, or somebody else may use it. A peer of this name that differs is left alone.
   * Used only at create: remove it afterwards.
   * @default false
   */
  readonly adopt?: pulumi.Input<boolean> | undefined;
  /**
   * Which credentials to use: "eu" reads `cloudflare-eu:apiToken` (or `CLOUDFLARE_EU_API_TOKEN`). Left out, `cloudflare:apiToken`.
   * Changes in place.
   */
  readonly profile?: pulumi.Input<string> | undefined;
}

/**
 * A primary that Cloudflare transfers zones from. Several zones may share one.
 *
 * The token needs the permission "Account Settings Write".
 * Source: https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/peers/
 *
 * @example
 * ```ts
 * const key = new Tsig("peer-key", {
 *   accountId: "0123456789abcdef0123456789abcdef",
 *   name: "cf.example.com.",
 * });
 * const primary = new TransferPeer("primary", {
 *   accountId: "0123456789abcdef0123456789abcdef",
 *   name: "ns0.example.com",
 *   ip: "192.0.2.53",
 *   tsigId: key.tsigId,
 * });
 * export const peerId = primary.peerId;
 * ```
 */
export class TransferPeer extends ManagedResource {
  /** The type token, for policies. */
  static readonly __pulumiType = registration.type;

  declare readonly accountId: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly ip: pulumi.Output<string | undefined>;
  declare readonly port: pulumi.Output<number>;
  declare readonly ixfrEnable: pulumi.Output<boolean>;
  declare readonly tsigId: pulumi.Output<string | undefined>;
  declare readonly probeZone: pulumi.Output<string | undefined>;
  declare readonly adopt: pulumi.Output<boolean>;
  declare readonly profile: pulumi.Output<string | undefined>;
  /** Cloudflare's id of the peer, for incoming transfers. The resource's own id is `<accountId>/<peerId>`. */
  declare readonly peerId: pulumi.Output<string>;
  /** How many times its address or port was changed in place; absent before the first change. For `triggers` of an IncomingTransfer. */
  declare readonly revision: pulumi.Output<number | undefined>;

  /** Looks up a peer that something else manages, by the id `<accountId>/<peerId>`. Needs credentials at preview too. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: GetOptions): TransferPeer {
    return new TransferPeer(name, ...lookUp(id, options));
  }

  static override isInstance(value: unknown): value is TransferPeer {
    return hasType(value, registration);
  }

  constructor(name: string, args: TransferPeerArgs, options?: pulumi.CustomResourceOptions);
  constructor(name: string, args: Lookup, options: LookupOptions);
  constructor(name: string, args: Partial<TransferPeerArgs>, options: pulumi.CustomResourceOptions = {}) {
    super(registration, name, args, options);
  }
}
