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

/** What a {@link HostupDsSet} is made from. */
export interface HostupDsSetArgs {
  /** The domain's id at HostUp (`dom_…`). One of the two, this or `domainName`; another domain replaces the resource. */
  readonly domainId?: pulumi.Input<string> | undefined;
  /** The domain's name, looked up once at create. One of the two, this or `domainId`; another domain replaces the resource. */
  readonly domainName?: pulumi.Input<string> | undefined;
  /**
   * The DS records as a zone file has them, one a line: `SecondaryZone.ds`, `PrimaryDs.ds`, or what a signer prints. Of
   * the domain itself, with digest type 2 (SHA-256) or 4 (SHA-384); TTLs do not matter. Empty: none. Changes in place:
   * the new records come first, and the old ones go once resolvers know the new.
   */
  readonly ds: pulumi.Input<string>;
  /**
   * How many seconds to wait for resolvers to forget a DS that goes: its TTL and that of the zone's keys after it was
   * withdrawn, or its TTL after a new one was seen at the parent. Where that is longer, destroy stops and says when to
   * run it again, and a roll is finished by a later `pulumi up`. Changes in place.
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
 * The DS records of a domain at HostUp, which publishes them at the registry: as many as the zone's keys ask for, known
 * only once the zone is signed. For records that you know beforehand, {@link HostupDsRecord} does too. Keep HostUp's
 * automatic DNSSEC away from it with a `HostupDnssecAuto` of the action `exclude`, made before it.
 *
 * Nothing is published before the name servers that the domain is delegated to are seen to serve it signed by the keys of
 * the records; where they cannot be asked, one line says so. Records that are there already are taken over, and those of
 * others are left alone, such as what the registry has read from CDS. Destroy withdraws the program's own, and ends once
 * no resolver can hold them.
 *
 * Create fails for registries that take keys in place of DS records, and where HostUp does not allow the change, with
 * its reason. The API key needs the scopes "read:domains write:domains".
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
  /** In one normal form: sorted, without TTLs. */
  declare readonly ds: pulumi.Output<string>;
  declare readonly waitForRemoval: pulumi.Output<number>;
  declare readonly profile: pulumi.Output<string | undefined>;
  /** What the program has published: during a roll also the records that are still to go. */
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
