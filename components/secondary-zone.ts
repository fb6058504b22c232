import * as pulumi from "@pulumi/pulumi";
import { HostupDnssecAuto, type HostupDnssecAutoArgs } from "../provider/hostup-dnssec-auto";
import { Tsig, type TsigArgs } from "../provider/tsig";
import { ZoneDnssec, type ZoneDnssecArgs } from "../provider/zone-dnssec";
import { checkArgs } from "./check-args";
import { type DnssecChoice, dnssecArgs } from "./dnssec-choice";
import { apply, type Transform } from "./transform";

/** What a {@link SecondaryZone} is made from. */
export interface SecondaryZoneArgs {
  /** The Cloudflare account, 32 hexadecimal digits. A change replaces the TSIG. */
  readonly accountId: pulumi.Input<string>;
  /** The Cloudflare zone, 32 hexadecimal digits. A change replaces the DNSSEC settings. */
  readonly zoneId: pulumi.Input<string>;
  /** The zone's name, e.g. `example.com`. */
  readonly zoneName: pulumi.Input<string>;
  /** The transfer key: one of its own, or one that exists already and is shared. */
  readonly tsig: OwnTsig | { readonly existing: Tsig };
  /** How the zone is signed. */
  readonly dnssec: DnssecChoice;
  /** What the registrar does. Left out, the registrar is not touched. */
  readonly registrar?: { readonly hostup: HostupChoice };
  /** A last word on the arguments and options of each child. */
  readonly transform?: {
    readonly tsig?: Transform<TsigArgs>;
    readonly dnssec?: Transform<ZoneDnssecArgs>;
    readonly registrar?: Transform<HostupDnssecAutoArgs>;
  };
}

/** A TSIG key that belongs to this zone alone; see {@link TsigArgs} for each field. */
export type OwnTsig = Pick<TsigArgs, "name" | "algo" | "secret" | "adopt">;

export interface HostupChoice {
  /** The domain at HostUp by name or by id: one of the two. */
  readonly domainName?: pulumi.Input<string>;
  readonly domainId?: pulumi.Input<string>;
  /**
   * `automatic`: HostUp publishes the DS by itself (domains on its own name servers). `excluded`: it
   * leaves the DS alone, as a zone that is signed at your primary needs.
   */
  readonly dnssec: "automatic" | "excluded";
}

/**
 * A zone that Cloudflare serves as secondary: the TSIG key for its transfers, how it is signed, and
 * what the registrar does about the DS, made in that order and taken down in reverse.
 *
 * @example
 * ```ts
 * const zone = new SecondaryZone("example", {
 *   accountId: "0123456789abcdef0123456789abcdef",
 *   zoneId: "fedcba9876543210fedcba9876543210",
 *   zoneName: "example.com",
 *   tsig: { name: "cf.example.com." },
 *   dnssec: { signing: "presigned", nsec3: true },
 * });
 * export const dnssecStatus = zone.dnssecStatus;
 * ```
 */
export class SecondaryZone extends pulumi.ComponentResource {
  /** The type token, for policies. */
  static readonly __pulumiType = "secondary-dns:index:SecondaryZone";

  /** The zone's name, as given. */
  declare readonly zoneName: pulumi.Output<string>;
  /** Cloudflare's id of the TSIG. */
  declare readonly tsigId: pulumi.Output<string>;
  /** The key's name, as the primary must have it. */
  declare readonly tsigName: pulumi.Output<string>;
  /** The key's algorithm, as the primary must have it. */
  declare readonly tsigAlgo: pulumi.Output<string>;
  /** The key's secret in base64, as the primary must have it. Always a secret. */
  declare readonly tsigSecret: pulumi.Output<string>;
  /** Cloudflare's word for the zone's DNSSEC: active, pending, disabled, pending-disabled or error. */
  declare readonly dnssecStatus: pulumi.Output<string>;
  /** HostUp's word for its automatic DNSSEC; absent without a registrar. */
  declare readonly registrarStatus: pulumi.Output<string | undefined>;
  /**
   * The DS record that belongs at the registrar, when Cloudflare signs the zone. Of a presigned zone
   * it comes from the primary's keys (`dnssec-dsfromkey`), which Cloudflare does not know: then absent.
   */
  declare readonly ds: pulumi.Output<string | undefined>;

  static override isInstance(value: unknown): value is SecondaryZone {
    return (
      pulumi.Resource.isInstance(value) &&
      "__pulumiType" in value &&
      value.__pulumiType === SecondaryZone.__pulumiType
    );
  }

  constructor(name: string, args: SecondaryZoneArgs, options?: pulumi.ComponentResourceOptions) {
    super(SecondaryZone.__pulumiType, name, stateOf(name, args), options);

    const tsig = "existing" in args.tsig ? args.tsig.existing : this.ownTsig(name, args, args.tsig);
    const dnssec = new ZoneDnssec(
      `${name}-dnssec`,
      ...apply(
        args.transform?.dnssec,
        { zoneId: args.zoneId, ...dnssecArgs(args.dnssec) },
        { parent: this, dependsOn: tsig },
      ),
    );
    const registrar = args.registrar && this.hostup(name, args, args.registrar.hostup, dnssec);

    const outputs = {
      zoneName: pulumi.output(args.zoneName),
      tsigId: tsig.tsigId,
      tsigName: tsig.name,
      tsigAlgo: tsig.algo,
      tsigSecret: pulumi.secret(tsig.secret),
      dnssecStatus: dnssec.observedStatus,
      registrarStatus: registrar?.status ?? pulumi.output(undefined),
      ds: args.dnssec.signing === "presigned" ? pulumi.output(undefined) : dnssec.ds,
    };
    Object.assign(this, outputs);
    this.registerOutputs(outputs);
  }

  private ownTsig(name: string, { accountId, transform }: SecondaryZoneArgs, own: OwnTsig): Tsig {
    return new Tsig(`${name}-tsig`, ...apply(transform?.tsig, { accountId, ...own }, { parent: this }));
  }

  private hostup(
    name: string,
    { transform }: SecondaryZoneArgs,
    choice: HostupChoice,
    dnssec: ZoneDnssec,
  ): HostupDnssecAuto {
    const { dnssec: mode, ...domain } = choice;
    const action = mode === "automatic" ? "include" : "exclude";
    return new HostupDnssecAuto(
      `${name}-registrar`,
      ...apply(transform?.registrar, { ...domain, action }, { parent: this, dependsOn: dnssec }),
    );
  }
}

/** A component's inputs are saved in plain text, so its secrets are marked before they get there. */
function stateOf(name: string, args: SecondaryZoneArgs): pulumi.Inputs {
  checkArgs(name, args);
  const { accountId, zoneId, zoneName, dnssec, registrar, tsig } = args;
  const outputs = {
    tsigId: undefined,
    tsigName: undefined,
    tsigAlgo: undefined,
    tsigSecret: undefined,
    dnssecStatus: undefined,
    registrarStatus: undefined,
    ds: undefined,
  };
  const key =
    "existing" in tsig
      ? { existing: tsig.existing.id }
      : { ...tsig, secret: tsig.secret === undefined ? undefined : pulumi.secret(tsig.secret) };
  return { accountId, zoneId, zoneName, dnssec, registrar, tsig: key, ...outputs };
}
