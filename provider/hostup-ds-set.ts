import type * as pulumi from "@pulumi/pulumi";
import type { DsRecord } from "./primary-ds";
import {
  type GetOptions,
  hasType,
  type Lookup,
  type LookupOptions,
  lookUp,
  ManagedResource,
  register,
} from "./resource";

const registration = register<HostupDsSet>("HostupDsSet", "hostupDsSet", {
  domainId: undefined,
  domainName: undefined,
  ds: undefined,
  waitForRemoval: undefined,
  profile: undefined,
  records: undefined,
});

/** The arguments of a {@link HostupDsSet}. */
export interface HostupDsSetArgs {
  /** The domain's id at HostUp (`dom_…`). One of the two, this or `domainName`; another domain replaces the resource. */
  readonly domainId?: pulumi.Input<string> | undefined;
  /** The domain's name, looked up once at create. One of the two, this or `domainId`; another domain replaces the resource. */
  readonly domainName?: pulumi.Input<string> | undefined;
  /**
   * The DS records in zone file format, one per line: `SecondaryZone.ds`, `PrimaryDs.ds`, or what a signer prints. They
   * must be those of the domain itself, with digest type 2 (SHA-256) or 4 (SHA-384); TTLs do not matter. Empty: none.
   * Changes in place: the new records are added first, and the old ones removed once resolvers know the new ones.
   */
  readonly ds: pulumi.Input<string>;
  /**
   * The longest wait, in seconds, for a removed DS to expire from caches. After a withdrawal, that takes the TTL of the
   * DS plus that of the DNSKEY set; in a rollover, the TTL of the DS after the new one is seen at the parent. If it takes
   * longer than this, destroy stops and says when to run it again, and a later `pulumi up` finishes a rollover. Changes
   * in place.
   * @default 600
   */
  readonly waitForRemoval?: pulumi.Input<number> | undefined;
  /**
   * Which credentials to use: "eu" reads `hostup-eu:apiToken` (or `HOSTUP_EU_API_TOKEN`). Left out, `hostup:apiToken`.
   * Changes in place.
   */
  readonly profile?: pulumi.Input<string> | undefined;
}

/**
 * The DS records of a domain at HostUp, which publishes them at the registry: as many as the zone's keys need, known
 * only once the zone is signed. For records that you know beforehand, {@link HostupDsRecord} works too. Before it,
 * create a `HostupDnssecAuto` with the action `exclude`, which keeps HostUp's automatic DNSSEC from touching the records.
 *
 * Nothing is published until the delegated name servers are seen to serve the zone signed by the keys that the records
 * name; if they cannot be queried, the output says so. Equal records that exist already are taken over. Other records
 * are left alone, such as those that the registry read from CDS. Destroy withdraws the program's own records, and
 * completes once no resolver can have them cached.
 *
 * Create fails for registries that take keys instead of DS records, and where a record would have to be added of an
 * algorithm that must not be used (RFC 8624, RFC 9905). It also fails, with HostUp's reason, if HostUp does not allow
 * the change. The API key needs the scopes "read:domains write:domains".
 * Source: https://developer.hostup.se/endpoints/domain-services/post-v2-domains-id-dnssec
 *
 * @example
 * ```ts
 * const published = new HostupDsSet("ds", {
 *   domainName: "example.se",
 *   ds: "example.se. IN DS 60485 13 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A",
 * });
 * export const records = published.records;
 * ```
 */
export class HostupDsSet extends ManagedResource {
  /** The type token, for policies. */
  static readonly __pulumiType = registration.type;

  declare readonly domainId: pulumi.Output<string>;
  declare readonly domainName: pulumi.Output<string | undefined>;
  /** Normalized: sorted, without TTLs. */
  declare readonly ds: pulumi.Output<string>;
  declare readonly waitForRemoval: pulumi.Output<number>;
  declare readonly profile: pulumi.Output<string | undefined>;
  /** What the program has published; during a rollover, this includes the records still to be removed. */
  declare readonly records: pulumi.Output<DsRecord[]>;

  /** Looks up the records of a domain, by its id, that something else manages. Needs credentials at preview too. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: GetOptions): HostupDsSet {
    return new HostupDsSet(name, ...lookUp(id, options));
  }

  static override isInstance(value: unknown): value is HostupDsSet {
    return hasType(value, registration);
  }

  constructor(name: string, args: HostupDsSetArgs, options?: pulumi.CustomResourceOptions);
  constructor(name: string, args: Lookup, options: LookupOptions);
  constructor(name: string, args: Partial<HostupDsSetArgs>, options: pulumi.CustomResourceOptions = {}) {
    super(registration, name, args, options);
  }
}
