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

const registration = register<HostupDsRecord>("HostupDsRecord", "hostupDsRecord", {
  domainId: undefined,
  domainName: undefined,
  keyTag: undefined,
  algorithm: undefined,
  digestType: undefined,
  digest: undefined,
  adopt: undefined,
  profile: undefined,
  recordId: undefined,
});

/** The arguments of a {@link HostupDsRecord}. */
export interface HostupDsRecordArgs {
  /** The domain's id at HostUp (`dom_…`). One of the two, this or `domainName`; another domain replaces the resource. */
  readonly domainId?: pulumi.Input<string> | undefined;
  /** The domain's name, looked up once at create. One of the two, this or `domainId`; another domain replaces the resource. */
  readonly domainName?: pulumi.Input<string> | undefined;
  /** The key tag of the zone's key, 0 to 65535. A change replaces the resource: the new record is added first. */
  readonly keyTag: pulumi.Input<number>;
  /**
   * The number of the key's algorithm, such as 13 for ECDSAP256SHA256 or 15 for ED25519. 1, 3, 6 and 12 are refused
   * (RFC 8624 section 3.1); of 5 and 7 no record is added any more (RFC 9905). A change replaces the resource: the new
   * record is added first.
   */
  readonly algorithm: pulumi.Input<number>;
  /**
   * 2 for SHA-256 (RFC 4509) or 4 for SHA-384 (RFC 6605); SHA-1 is refused (RFC 8624 section 3.3). A change replaces
   * the resource: the new record is added first.
   */
  readonly digestType: pulumi.Input<number>;
  /**
   * The digest of the key in hexadecimal digits, 64 or 96 depending on its type; case and spaces do not matter. A change
   * replaces the resource: the new record is added first.
   */
  readonly digest: pulumi.Input<string>;
  /**
   * Take over a published record with this content; destroy then withdraws it. Without `adopt`, create is refused if
   * such a record exists: an interrupted run may have left it, but so may somebody else, or HostUp's automatic
   * DNSSEC. Used only at create; changes in place.
   * @default false
   */
  readonly adopt?: pulumi.Input<boolean> | undefined;
  /**
   * Which credentials to use: "eu" reads `hostup-eu:apiToken` (or `HOSTUP_EU_API_TOKEN`). Left out, `hostup:apiToken`.
   * Changes in place.
   */
  readonly profile?: pulumi.Input<string> | undefined;
}

/**
 * One DS record of a domain at HostUp, which publishes it at the registry: for a zone that is served elsewhere, such as
 * one that its own primary signs. Before it, create a `HostupDnssecAuto` with the action `exclude`, which keeps HostUp's
 * automatic DNSSEC from touching the record.
 *
 * The record is published only if the delegated name servers serve the zone signed for the DS set that the parent would
 * then have; if they cannot be queried, the output says so.
 *
 * A record is identified by its content. To roll a key, add the record of the new key, wait for the TTL of the old DS,
 * and remove the old record (RFC 6781 section 4.1.2). Before you stop signing the zone, withdraw the records and wait
 * for their TTL: resolvers that still have the DS cached would answer SERVFAIL for an unsigned zone.
 *
 * Create fails for registries that take keys instead of DS records. It also fails, with HostUp's reason, if HostUp does
 * not allow the change. The API key needs the scopes "read:domains write:domains".
 * Source: https://developer.hostup.se/endpoints/domain-services/post-v2-domains-id-dnssec
 *
 * @example
 * ```ts
 * const record = new HostupDsRecord("ds", {
 *   domainName: "example.se",
 *   keyTag: 60485,
 *   algorithm: 13,
 *   digestType: 2,
 *   digest: "D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A",
 * });
 * export const recordId = record.recordId;
 * ```
 */
export class HostupDsRecord extends ManagedResource {
  /** The type token, for policies. */
  static readonly __pulumiType = registration.type;

  declare readonly domainId: pulumi.Output<string>;
  declare readonly domainName: pulumi.Output<string | undefined>;
  declare readonly keyTag: pulumi.Output<number>;
  declare readonly algorithm: pulumi.Output<number>;
  declare readonly digestType: pulumi.Output<number>;
  /** In upper-case hexadecimal digits. */
  declare readonly digest: pulumi.Output<string>;
  declare readonly adopt: pulumi.Output<boolean>;
  declare readonly profile: pulumi.Output<string | undefined>;
  /** HostUp's own id of the record. Absent until HostUp assigns one; a refresh reads it. */
  declare readonly recordId: pulumi.Output<string | undefined>;

  /**
   * Looks up a record that something else manages, by the id `<domainId>/<keyTag>-<algorithm>-<digestType>-<digest>`.
   * Needs credentials at preview too.
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: GetOptions): HostupDsRecord {
    return new HostupDsRecord(name, ...lookUp(id, options));
  }

  static override isInstance(value: unknown): value is HostupDsRecord {
    return hasType(value, registration);
  }

  constructor(name: string, args: HostupDsRecordArgs, options?: pulumi.CustomResourceOptions);
  constructor(name: string, args: Lookup, options: LookupOptions);
  constructor(name: string, args: Partial<HostupDsRecordArgs>, options: pulumi.CustomResourceOptions = {}) {
    super(registration, name, args, options);
  }
}
