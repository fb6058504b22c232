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

const registration = register<TransferAcl>("TransferAcl", "transferAcl", {
  accountId: undefined,
  name: undefined,
  ipRange: undefined,
  adopt: undefined,
  profile: undefined,
  aclId: undefined,
});

/** The arguments of a {@link TransferAcl}. */
export interface TransferAclArgs {
  /** The Cloudflare account, 32 hexadecimal digits. A change replaces the ACL. */
  readonly accountId: pulumi.Input<string>;
  /** A descriptive name, 1 to 255 characters. Changes in place. */
  readonly name: pulumi.Input<string>;
  /**
   * The addresses, in CIDR notation: at most a /24 of IPv4 or a /64 of IPv6, and `192.0.2.53/32` for one address. Bits
   * after the prefix are cleared. Changes in place.
   */
  readonly ipRange: pulumi.Input<string>;
  /**
   * Take over the account's ACL that has this name and range, instead of creating another: names are not unique at
   * Cloudflare. Destroy then deletes it. Without `adopt`, create is refused if there is such an ACL: a killed run may have
   * left it, or somebody else may use it. Used only at create: remove it afterwards.
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
 * Addresses that may send NOTIFY for the account's secondary zones, besides those of the peers. It is needed when a
 * primary sends NOTIFY from another address than the one it is transferred from (behind NAT, or with several addresses):
 * Cloudflare ignores such a NOTIFY, and a change then waits for `autoRefreshSeconds`, a day by default.
 *
 * It applies to the whole account. If the account also has zones of which Cloudflare is the primary, these addresses may
 * transfer those zones, so keep the range narrow.
 *
 * The token needs the permission "Account Settings Write".
 * Source: https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/acls/
 *
 * @example
 * ```ts
 * const notifiers = new TransferAcl("notifiers", {
 *   accountId: "0123456789abcdef0123456789abcdef",
 *   name: "NOTIFY from behind NAT",
 *   ipRange: "198.51.100.7/32",
 * });
 * export const aclId = notifiers.aclId;
 * ```
 */
export class TransferAcl extends ManagedResource {
  /** The type token, for policies. */
  static readonly __pulumiType = registration.type;

  declare readonly accountId: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly ipRange: pulumi.Output<string>;
  declare readonly adopt: pulumi.Output<boolean>;
  declare readonly profile: pulumi.Output<string | undefined>;
  /** Cloudflare's id of the ACL. The resource's own id is `<accountId>/<aclId>`. */
  declare readonly aclId: pulumi.Output<string>;

  /** Looks up an ACL that something else manages, by the id `<accountId>/<aclId>`. Needs credentials at preview too. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: GetOptions): TransferAcl {
    return new TransferAcl(name, ...lookUp(id, options));
  }

  static override isInstance(value: unknown): value is TransferAcl {
    return hasType(value, registration);
  }

  constructor(name: string, args: TransferAclArgs, options?: pulumi.CustomResourceOptions);
  constructor(name: string, args: Lookup, options: LookupOptions);
  constructor(name: string, args: Partial<TransferAclArgs>, options: pulumi.CustomResourceOptions = {}) {
    super(registration, name, args, options);
  }
}
