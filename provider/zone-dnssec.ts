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

const registration = register<ZoneDnssec>("ZoneDnssec", "zoneDnssec", {
  zoneId: undefined,
  status: undefined,
  dnssecPresigned: undefined,
  dnssecUseNsec3: undefined,
  dnssecMultiSigner: undefined,
  onDelete: undefined,
  profile: undefined,
  observedStatus: undefined,
  algorithm: undefined,
  digest: undefined,
  digestAlgorithm: undefined,
  digestType: undefined,
  ds: undefined,
  flags: undefined,
  keyTag: undefined,
  keyType: undefined,
  publicKey: undefined,
  modifiedOn: undefined,
  dsAtParent: undefined,
});

/** The DS set of a zone at its parent. */
export interface DsAtParent {
  readonly records: readonly DsRecord[];
  /** When it was first seen, in ISO 8601. */
  readonly since: string;
}

/** The arguments of a {@link ZoneDnssec}. */
export interface ZoneDnssecArgs {
  /** The Cloudflare zone, 32 hexadecimal digits. A change replaces the resource: the old zone is treated as `onDelete` says. */
  readonly zoneId: pulumi.Input<string>;
  /**
   * Whether the zone is signed and has keys. `active` includes Cloudflare's `pending` (no DS at
   * the parent yet), `disabled` its `pending-disabled`. Changes in place.
   * @default "active"
   */
  readonly status?: pulumi.Input<"active" | "disabled"> | undefined;
  /**
   * Serve the signatures from the transfer instead of signing (secondary zones, Enterprise).
   * Excludes `dnssecMultiSigner` and status `disabled`. Changes in place.
   * @default false
   */
  readonly dnssecPresigned?: pulumi.Input<boolean> | undefined;
  /**
   * Use NSEC3 (RFC 5155) instead of NSEC; required with `dnssecPresigned` if the primary signs with NSEC3.
   * Enterprise. Changes in place, in the same call as `dnssecPresigned`.
   * @default false
   */
  readonly dnssecUseNsec3?: pulumi.Input<boolean> | undefined;
  /**
   * Several providers sign the zone (RFC 8901), each with its own keys. Changes in place.
   * @default false
   */
  readonly dnssecMultiSigner?: pulumi.Input<boolean> | undefined;
  /**
   * What destroy does: `restore` the settings from before the first `up`, `disable` DNSSEC and clear
   * the flags, or `retain` it as it is. Turning DNSSEC off while the parent still has the DS takes
   * the zone off the air for validating resolvers: remove the DS first and wait for its TTL.
   * Changes in place, without a write call.
   * @default "restore"
   */
  readonly onDelete?: pulumi.Input<"restore" | "disable" | "retain"> | undefined;
  /**
   * Which credentials to use: "eu" reads `cloudflare-eu:apiToken` (or `CLOUDFLARE_EU_API_TOKEN`). Left out, `cloudflare:apiToken`.
   * Changes in place.
   */
  readonly profile?: pulumi.Input<string> | undefined;
}

/**
 * DNSSEC of a Cloudflare zone. Every zone has these settings once, so create takes over the existing ones, and
 * remembers them for `onDelete: "restore"`.
 *
 * The token needs the permission "DNS Write".
 * Source: https://developers.cloudflare.com/api/resources/dns/subresources/dnssec/
 *
 * @example
 * ```ts
 * const dnssec = new ZoneDnssec("example", {
 *   zoneId: "fedcba9876543210fedcba9876543210",
 *   dnssecPresigned: true,
 *   dnssecUseNsec3: true,
 * });
 * export const observed = dnssec.observedStatus;
 * ```
 */
export class ZoneDnssec extends ManagedResource {
  /** The type token, for policies. */
  static readonly __pulumiType = registration.type;

  declare readonly zoneId: pulumi.Output<string>;
  /** `active` or `disabled`, or `error` when a refresh found Cloudflare's own `error`. */
  declare readonly status: pulumi.Output<"active" | "disabled" | "error">;
  declare readonly dnssecPresigned: pulumi.Output<boolean>;
  declare readonly dnssecUseNsec3: pulumi.Output<boolean>;
  declare readonly dnssecMultiSigner: pulumi.Output<boolean>;
  declare readonly onDelete: pulumi.Output<"restore" | "disable" | "retain">;
  declare readonly profile: pulumi.Output<string | undefined>;
  /** Cloudflare's own status: active, pending, disabled, pending-disabled or error. */
  declare readonly observedStatus: pulumi.Output<string>;
  /** The number of the key's algorithm, as a string. This and the outputs below describe Cloudflare's own key. */
  declare readonly algorithm: pulumi.Output<string | undefined>;
  declare readonly digest: pulumi.Output<string | undefined>;
  declare readonly digestAlgorithm: pulumi.Output<string | undefined>;
  declare readonly digestType: pulumi.Output<string | undefined>;
  /** The whole DS record. Never publish it for a presigned zone: there the DS comes from the primary's keys. */
  declare readonly ds: pulumi.Output<string | undefined>;
  declare readonly flags: pulumi.Output<number | undefined>;
  declare readonly keyTag: pulumi.Output<number | undefined>;
  declare readonly keyType: pulumi.Output<string | undefined>;
  declare readonly publicKey: pulumi.Output<string | undefined>;
  /** When DNSSEC was last changed; absent for a zone that never had it. */
  declare readonly modifiedOn: pulumi.Output<string | undefined>;
  /**
   * The DS records last seen at the parent, whoever published them, and since when. Updated at a change of DNSSEC and by
   * `pulumi refresh`; absent if there is none, and if the zone's name is not known.
   */
  declare readonly dsAtParent: pulumi.Output<DsAtParent | undefined>;

  /** Looks up the DNSSEC of a zone that something else manages, by the zone id. Needs credentials at preview too. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: GetOptions): ZoneDnssec {
    return new ZoneDnssec(name, ...lookUp(id, options));
  }

  static override isInstance(value: unknown): value is ZoneDnssec {
    return hasType(value, registration);
  }

  constructor(name: string, args: ZoneDnssecArgs, options?: pulumi.CustomResourceOptions);
  constructor(name: string, args: Lookup, options: LookupOptions);
  constructor(name: string, args: Partial<ZoneDnssecArgs>, options: pulumi.CustomResourceOptions = {}) {
    super(registration, name, args, options);
  }
}
