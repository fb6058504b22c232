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

const registration = register<HostupDnssecAuto>("HostupDnssecAuto", "hostupDnssecAuto", {
  domainId: undefined,
  domainName: undefined,
  action: undefined,
  waitForActive: undefined,
  onDelete: undefined,
  profile: undefined,
  status: undefined,
  reason: undefined,
  isEnabled: undefined,
  isBlocked: undefined,
  blockedUntil: undefined,
  blockReason: undefined,
  lastCheckedAt: undefined,
  lastError: undefined,
  nameserversChangedAt: undefined,
});

/** The arguments of a {@link HostupDnssecAuto}. */
export interface HostupDnssecAutoArgs {
  /** The domain's id at HostUp (`dom_…`). One of the two, this or `domainName`; another domain replaces the resource. */
  readonly domainId?: pulumi.Input<string> | undefined;
  /** The domain's name, looked up once at create. One of the two, this or `domainId`; another domain replaces the resource. */
  readonly domainName?: pulumi.Input<string> | undefined;
  /**
   * Whether the domain takes part in automatic DNSSEC, which works for domains on HostUp's own name servers (.se, .nu).
   * For a zone served elsewhere, `exclude` keeps HostUp from touching the DS of a `HostupDsSet` or `HostupDsRecord`.
   * Changes in place.
   * @default "include"
   */
  readonly action?: pulumi.Input<"include" | "exclude"> | undefined;
  /**
   * How many seconds (1 to 604800) to wait for the status `active`, or `false` not to wait. The wait fails at once
   * when the domain is blocked (72 hours after a change of name servers), inactive (the error lists its name servers),
   * excluded or in error. The resource is kept, and the next `up` resumes. Changes in place.
   * @default false
   */
  readonly waitForActive?: pulumi.Input<number | false> | undefined;
  /**
   * What destroy does: `restore` the setting from before the first `up`, `exclude` or `include` the
   * domain, or `retain` it as it is. HostUp does not document whether excluding removes a published DS.
   * Changes in place, without a write call.
   * @default "restore"
   */
  readonly onDelete?: pulumi.Input<"restore" | "exclude" | "include" | "retain"> | undefined;
  /**
   * Which credentials to use: "eu" reads `hostup-eu:apiToken` (or `HOSTUP_EU_API_TOKEN`). Left out, `hostup:apiToken`.
   * Changes in place.
   */
  readonly profile?: pulumi.Input<string> | undefined;
}

/**
 * Automatic DNSSEC of a domain at HostUp: whether HostUp publishes the DS at the registry automatically.
 *
 * The API key needs the scopes "read:domains write:domains".
 * Source: https://developer.hostup.se/endpoints/domain-services/post-v2-domains-id-dnssec-auto
 *
 * @example
 * ```ts
 * const auto = new HostupDnssecAuto("example", { domainName: "example.se", action: "include" });
 * export const status = auto.status;
 * ```
 */
export class HostupDnssecAuto extends ManagedResource {
  /** The type token, for policies. */
  static readonly __pulumiType = registration.type;

  declare readonly domainId: pulumi.Output<string>;
  declare readonly domainName: pulumi.Output<string | undefined>;
  declare readonly action: pulumi.Output<"include" | "exclude">;
  declare readonly waitForActive: pulumi.Output<number | false>;
  declare readonly onDelete: pulumi.Output<"restore" | "exclude" | "include" | "retain">;
  declare readonly profile: pulumi.Output<string | undefined>;
  /** active, inactive, excluded, pending, error or blocked. */
  declare readonly status: pulumi.Output<string>;
  declare readonly reason: pulumi.Output<string | undefined>;
  declare readonly isEnabled: pulumi.Output<boolean>;
  declare readonly isBlocked: pulumi.Output<boolean>;
  /** When a block ends (ISO 8601, UTC). */
  declare readonly blockedUntil: pulumi.Output<string | undefined>;
  declare readonly blockReason: pulumi.Output<string | undefined>;
  declare readonly lastCheckedAt: pulumi.Output<string | undefined>;
  /** HostUp's own log of the last failure, often long. */
  declare readonly lastError: pulumi.Output<string | undefined>;
  declare readonly nameserversChangedAt: pulumi.Output<string | undefined>;

  /** Looks up a domain that something else manages, by its id. Needs credentials at preview too. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: GetOptions): HostupDnssecAuto {
    return new HostupDnssecAuto(name, ...lookUp(id, options));
  }

  static override isInstance(value: unknown): value is HostupDnssecAuto {
    return hasType(value, registration);
  }

  constructor(name: string, args: HostupDnssecAutoArgs, options?: pulumi.CustomResourceOptions);
  constructor(name: string, args: Lookup, options: LookupOptions);
  constructor(name: string, args: Partial<HostupDnssecAutoArgs>, options: pulumi.CustomResourceOptions = {}) {
    super(registration, name, args, options);
  }
}
