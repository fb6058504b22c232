import * as pulumi from "@pulumi/pulumi";
import { withoutDot } from "../provider/core/domain-name";
import { HostupDnssecAuto } from "../provider/hostup-dnssec-auto";
import { inZone } from "../provider/named-zone";
import { pauseStackTraces } from "../provider/stack-traces";
import { ZoneDnssec } from "../provider/zone-dnssec";
import { checkArgs } from "./check-args";
import { credentialsOf } from "./credentials";
import { dnssecArgs, isSignedByCloudflare } from "./dnssec-choice";
import { warnOfNewKey } from "./new-key";
import { type PrimaryConfig, primaryConfig } from "./primary-config";
import { CLOUDFLARE } from "./primary-config/wanted";
import { savedArgs } from "./saved-args";
import type { HostupChoice, SecondaryZoneArgs } from "./secondary-zone-args";
import { type TransferChain, transferChain, zoneOf } from "./transfer-chain";
import { apply } from "./transform";
import { type TransferKeys, transferKeys } from "./tsig-choice";

const NO_OUTPUTS = {
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
  /** Cloudflare's id of the TSIG; of several, of the active one. */
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
   * The DS that belongs at the registrar, one line for each record. Of a presigned zone it comes from
   * the keys of its primaries ({@link PrimaryDs}), and is absent without them; of a zone that
   * Cloudflare signs it is Cloudflare's; of one that is off, absent.
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
    checkArgs(name, args);
    const stackTraces = pauseStackTraces();
    try {
      super(SecondaryZone.__pulumiType, name, { ...NO_OUTPUTS, ...savedArgs(args) }, options);
    } catch (error) {
      stackTraces.resume(error);
      throw error;
    }
    stackTraces.resume();

    const { accountId, transform } = args;
    const credentials = credentialsOf(args);
    const making = { parent: this, accountId, zone: zoneOf(args), credentials, transform: transform?.tsig };
    const keys = transferKeys(name, args.tsig, making);
    const tsig = keys.active;
    warnOfNewKey(this, args, tsig);
    // Without any primary yet there is nothing to transfer and nothing to serve.
    const isWaiting = args.primaries?.length === 0;
    const chain = isWaiting
      ? undefined
      : args.primaries && transferChain({ name, args, parent: this }, args.primaries, tsig);
    const dnssec = isWaiting ? undefined : this.dnssecOf(name, args, keys, chain);
    const registrar =
      args.registrar && this.hostup(name, args, args.registrar.hostup, dnssec ?? [...keys.all]);

    const outputs = {
      zoneName: pulumi.output(args.zoneName),
      tsigId: tsig.tsigId,
      tsigName: tsig.name,
      tsigAlgo: tsig.algo,
      tsigSecret: pulumi.secret(tsig.secret),
      dnssecStatus: dnssec?.observedStatus ?? pulumi.output(undefined),
      soaSerial: chain?.incoming.soaSerial ?? pulumi.output(undefined),
      primaryConfig: configFor(args, keys),
      registrarStatus: registrar?.status ?? pulumi.output(undefined),
      ds: dsFor(args, dnssec, chain),
    };
    Object.assign(this, outputs);
    this.registerOutputs(outputs);
  }

  /** Presigned is turned on once the primary is seen to sign and its zone has come. */
  private dnssecOf(
    name: string,
    args: SecondaryZoneArgs,
    keys: TransferKeys,
    chain: TransferChain | undefined,
  ): ZoneDnssec {
    const wanted = { zoneId: args.zoneId, ...dnssecArgs(args.dnssec), ...credentialsOf(args) };
    const before = chain ? [chain.incoming, ...(chain.ds ? [chain.ds] : [])] : [...keys.all];
    const [changed, options] = apply(args.transform?.dnssec, wanted, { parent: this, dependsOn: before });
    return new ZoneDnssec(`${name}-dnssec`, inZone(changed, zoneOf(args)), options);
  }

  private hostup(
    name: string,
    { transform }: SecondaryZoneArgs,
    choice: HostupChoice,
    before: pulumi.Resource | pulumi.Resource[],
  ): HostupDnssecAuto {
    const { dnssec: mode, ...domain } = choice;
    const action = mode === "automatic" ? "include" : "exclude";
    const options = { parent: this, dependsOn: before };
    const paths = {
      domainId: "registrar.hostup.domainId",
      domainName: "registrar.hostup.domainName",
      action: "registrar.hostup.dnssec",
    };
    return new HostupDnssecAuto(
      `${name}-registrar`,
      ...apply(transform?.registrar, { ...domain, action }, options, paths),
    );
  }
}

/** Of a multi-signer zone each signer's DS has to be at the parent (RFC 8901 section 2.1.2). */
function dsFor(
  { dnssec: choice }: SecondaryZoneArgs,
  dnssec: ZoneDnssec | undefined,
  chain: TransferChain | undefined,
): pulumi.Output<string | undefined> {
  const own = isSignedByCloudflare(choice) ? dnssec?.ds : undefined;
  const parts = [chain?.ds?.ds, own].filter((part) => part !== undefined);
  const lines = pulumi.all(parts).apply((known) => known.filter(Boolean).join("\n"));
  return parts.length === 0 ? pulumi.output(undefined) : lines.apply((text) => text || undefined);
}

/** A secret as a whole, since it holds the keys. */
function configFor(
  { zoneName, dnssec, cloudflareAddresses }: SecondaryZoneArgs,
  { all }: TransferKeys,
): pulumi.Output<PrimaryConfig> {
  const nsec = "nsec3" in dnssec && dnssec.nsec3 ? "nsec3" : "nsec";
  const signing = dnssec.signing === "presigned" ? nsec : "none";
  const keys = pulumi.all(
    all.map((tsig) =>
      pulumi
        .all([tsig.name, tsig.algo, tsig.secret])
        // A program's own tests may mock a TSIG without outputs, hence the defaults.
        .apply(([name = "", algo = "", secret = ""]) => ({ name, algo, secret })),
    ),
  );
  const config = pulumi.all([zoneName, keys]).apply(([zone, known]) =>
    primaryConfig({
      zoneName: withoutDot(zone),
      keys: known,
      signing,
      secondary: cloudflareAddresses ?? CLOUDFLARE,
    }),
  );
  return pulumi.secret(config);
}
