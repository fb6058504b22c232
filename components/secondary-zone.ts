import * as pulumi from "@pulumi/pulumi";
import { HostupDnssecAuto, type HostupDnssecAutoArgs } from "../provider/hostup-dnssec-auto";
import { IncomingTransfer, type IncomingTransferArgs } from "../provider/incoming-transfer";
import { TransferPeer, type TransferPeerArgs } from "../provider/transfer-peer";
import { Tsig, type TsigArgs } from "../provider/tsig";
import { ZoneDnssec, type ZoneDnssecArgs } from "../provider/zone-dnssec";
import { checkArgs } from "./check-args";
import { type DnssecChoice, dnssecArgs, isSignedByCloudflare } from "./dnssec-choice";
import { type PrimaryConfig, primaryConfig } from "./primary-config";
import { CLOUDFLARE } from "./primary-config/wanted";
import { apply, type Transform } from "./transform";

/** What a {@link SecondaryZone} is made from. */
export interface SecondaryZoneArgs {
  /** The Cloudflare account, 32 hexadecimal digits. A change replaces the TSIG. */
  readonly accountId: pulumi.Input<string>;
  /** The Cloudflare zone, 32 hexadecimal digits. A change replaces the DNSSEC settings. */
  readonly zoneId: pulumi.Input<string>;
  /** The zone's name, e.g. `example.com`. */
  readonly zoneName: pulumi.Input<string>;
  /**
   * The primaries to transfer from. Left out, peers and the incoming transfer are not touched. The
   * primary needs the key first: see `primaryConfig`.
   */
  readonly primaries?: readonly Primary[];
  /**
   * Wait so many seconds for the first transfer, and for one after each change of it, before DNSSEC is
   * touched: a presigned zone without signatures in it cannot be served.
   * @default 300
   */
  readonly waitForTransfer?: pulumi.Input<number | false>;
  /** The transfer key: one of its own, or one that exists already and is shared. */
  readonly tsig: OwnTsig | { readonly existing: Tsig };
  /** How the zone is signed. */
  readonly dnssec: DnssecChoice;
  /** What the registrar does. Left out, the registrar is not touched. */
  readonly registrar?: { readonly hostup: HostupChoice };
  /** A last word on the arguments and options of each child. */
  readonly transform?: {
    readonly tsig?: Transform<TsigArgs>;
    /** Called for each primary. */
    readonly peer?: Transform<TransferPeerArgs>;
    readonly incoming?: Transform<IncomingTransferArgs>;
    readonly dnssec?: Transform<ZoneDnssecArgs>;
    readonly registrar?: Transform<HostupDnssecAutoArgs>;
  };
}

/** A server to transfer the zone from. */
export interface Primary {
  /** Its IPv4 or IPv6 address. */
  readonly address: pulumi.Input<string>;
  /** @default 53 */
  readonly port?: pulumi.Input<number>;
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
 * A zone that Cloudflare serves as secondary: the TSIG key, the peers and the transfer, how it is
 * signed, and what the registrar does about the DS, made in that order and taken down in reverse.
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
  /** The SOA serial that Cloudflare serves; absent without primaries, and before the first transfer. */
  declare readonly soaSerial: pulumi.Output<number | undefined>;
  /** What to put on the primary so that all this works: `bind`, `knot`, `nsd`, `powerdns`. Always a secret. */
  declare readonly primaryConfig: pulumi.Output<PrimaryConfig>;
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

    const tsig = isShared(args.tsig) ? args.tsig.existing : this.ownTsig(name, args, args.tsig);
    const incoming = args.primaries && this.incoming(name, args, args.primaries, tsig);
    const dnssec = new ZoneDnssec(
      `${name}-dnssec`,
      ...apply(
        args.transform?.dnssec,
        { zoneId: args.zoneId, ...dnssecArgs(args.dnssec) },
        { parent: this, dependsOn: incoming ?? tsig },
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
      soaSerial: incoming?.soaSerial ?? pulumi.output(undefined),
      primaryConfig: configFor(args, tsig),
      registrarStatus: registrar?.status ?? pulumi.output(undefined),
      ds: isSignedByCloudflare(args.dnssec) ? dnssec.ds : pulumi.output(undefined),
    };
    Object.assign(this, outputs);
    this.registerOutputs(outputs);
  }

  private ownTsig(name: string, { accountId, transform }: SecondaryZoneArgs, own: OwnTsig): Tsig {
    return new Tsig(`${name}-tsig`, ...apply(transform?.tsig, { accountId, ...own }, { parent: this }));
  }

  private incoming(
    name: string,
    { accountId, zoneId, zoneName, waitForTransfer = 300, transform }: SecondaryZoneArgs,
    primaries: readonly Primary[],
    { tsigId }: Tsig,
  ): IncomingTransfer {
    const peers = primaries.map(({ address, port = 53 }, index) => {
      const args = { accountId, name: pulumi.interpolate`${zoneName} ${address}`, ip: address, port, tsigId };
      return new TransferPeer(`${name}-peer-${index}`, ...apply(transform?.peer, args, { parent: this }));
    });
    const args = { zoneId, name: zoneName, peers: peers.map(({ peerId }) => peerId), waitForTransfer };
    return new IncomingTransfer(
      `${name}-incoming`,
      ...apply(transform?.incoming, args, { parent: this, dependsOn: peers }),
    );
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

/** Not by `in`: a program may spell out the key that it leaves undefined. */
function isShared(tsig: SecondaryZoneArgs["tsig"]): tsig is { readonly existing: Tsig } {
  return "existing" in tsig && tsig.existing !== undefined;
}

/** A secret as a whole, since it holds the key. */
function configFor({ zoneName, dnssec }: SecondaryZoneArgs, tsig: Tsig): pulumi.Output<PrimaryConfig> {
  const nsec = "nsec3" in dnssec && dnssec.nsec3 ? "nsec3" : "nsec";
  const signing = dnssec.signing === "presigned" ? nsec : "none";
  const config = pulumi
    .all([zoneName, tsig.name, tsig.algo, tsig.secret])
    // A program's own tests may mock a TSIG without outputs, hence the defaults.
    .apply(([zone, keyName = "", algo = "", secret = ""]) =>
      primaryConfig({ zoneName: zone.replace(/\.$/, ""), keyName, algo, secret, signing, peers: CLOUDFLARE }),
    );
  return pulumi.secret(config);
}

/** A component's inputs are saved in plain text, so its secrets are marked before they get there. */
function stateOf(name: string, args: SecondaryZoneArgs): pulumi.Inputs {
  checkArgs(name, args);
  const { accountId, zoneId, zoneName, primaries, waitForTransfer, dnssec, registrar, tsig } = args;
  const outputs = {
    tsigId: undefined,
    tsigName: undefined,
    tsigAlgo: undefined,
    tsigSecret: undefined,
    dnssecStatus: undefined,
    soaSerial: undefined,
    primaryConfig: undefined,
    registrarStatus: undefined,
    ds: undefined,
  };
  const key = isShared(tsig)
    ? { existing: tsig.existing.id }
    : { ...tsig, secret: tsig.secret === undefined ? undefined : pulumi.secret(tsig.secret) };
  return {
    accountId,
    zoneId,
    zoneName,
    primaries,
    waitForTransfer,
    dnssec,
    registrar,
    tsig: key,
    ...outputs,
  };
}
