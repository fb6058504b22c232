import * as pulumi from "@pulumi/pulumi";
import type { IncomingTransfer } from "../provider/incoming-transfer";
import { inZone } from "../provider/named-zone";
import { pauseStackTraces } from "../provider/stack-traces";
import type { TransferPeer } from "../provider/transfer-peer";
import type { Tsig } from "../provider/tsig";
import { type DsAtParent, ZoneDnssec } from "../provider/zone-dnssec";
import type { PrimaryConfig } from "../servers";
import { adoptedOf, adoptionOf, tellAdoption } from "./adoption";
import { checkArgs } from "./check-args";
import { checkedPrimaries } from "./checked-primaries";
import { checkedZoneName } from "./checked-zone-name";
import { credentialsOf } from "./credentials";
import { dnssecArgs, isSignedByCloudflare } from "./dnssec-choice";
import { ifKnown } from "./if-known";
import { warnOfNewKey } from "./new-key";
import { configOf } from "./primary-config";
import { publishedAt, registrarOf, withdrawnFirst } from "./registrar";
import { savedArgs } from "./saved-args";
import type { SecondaryZoneArgs } from "./secondary-zone-args";
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
  dsAtParent: undefined,
};

/**
 * A zone that Cloudflare serves as secondary: the TSIG key, the peers and the transfer, how the zone is
 * signed, and what the registrar does about the DS. Created in that order and destroyed in reverse.
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
  /** Cloudflare's id of the TSIG; with several keys, that of the active one. */
  declare readonly tsigId: pulumi.Output<string>;
  /** The key's name, as the primary must have it. */
  declare readonly tsigName: pulumi.Output<string>;
  /** The key's algorithm, as the primary must have it. */
  declare readonly tsigAlgo: pulumi.Output<string>;
  /** The key's secret in base64, as the primary must have it. Always a secret. */
  declare readonly tsigSecret: pulumi.Output<string>;
  /** Cloudflare's status of the zone's DNSSEC: active, pending, disabled, pending-disabled or error. */
  declare readonly dnssecStatus: pulumi.Output<string>;
  /** The SOA serial that Cloudflare serves; absent without primaries, and before the first transfer. */
  declare readonly soaSerial: pulumi.Output<number | undefined>;
  /** What to put on the primary: `bind`, `knot`, `nsd`, `powerdns`. Always a secret. */
  declare readonly primaryConfig: pulumi.Output<PrimaryConfig>;
  /** HostUp's status of its automatic DNSSEC; absent without a registrar. */
  declare readonly registrarStatus: pulumi.Output<string | undefined>;
  /**
   * The DS for the registrar, one line for each record. For a presigned zone it comes from the primaries' keys
   * ({@link PrimaryDs}), and is absent without primaries. For a zone that Cloudflare signs, it is Cloudflare's DS. For
   * `signing: "off"` it is absent. It is set only once DNSSEC is as the program says, so not by a run that was refused:
   * resources that depend on it wait.
   */
  declare readonly ds: pulumi.Output<string | undefined>;
  /**
   * The DS records last seen at the parent, and since when, whether published by this program, by the registry from CDS,
   * or by hand. Updated at a change of DNSSEC and by `pulumi refresh`; absent if there is none.
   */
  declare readonly dsAtParent: pulumi.Output<DsAtParent | undefined>;

  /** The key that signs transfers; with several keys, the active one. */
  declare readonly tsig: Tsig;
  /** In the order of `primaries`: the peer created for an address, or the given `existing` peer. */
  declare readonly peers: readonly TransferPeer[];
  /** Absent without primaries. */
  declare readonly incoming: IncomingTransfer | undefined;
  declare readonly dnssec: ZoneDnssec;

  static override isInstance(value: unknown): value is SecondaryZone {
    return (
      pulumi.Resource.isInstance(value) &&
      "__pulumiType" in value &&
      value.__pulumiType === SecondaryZone.__pulumiType
    );
  }

  constructor(name: string, given: SecondaryZoneArgs, options?: pulumi.ComponentResourceOptions) {
    checkArgs(name, given);
    const stackTraces = pauseStackTraces();
    try {
      super(SecondaryZone.__pulumiType, name, { ...NO_OUTPUTS, ...savedArgs(given) }, options);
    } catch (error) {
      stackTraces.resume(error);
      throw error;
    }
    stackTraces.resume();
    const args = {
      ...given,
      zoneName: checkedZoneName(name, given.zoneName),
      primaries: checkedPrimaries(name, given.primaries),
    };

    const { accountId, transform } = args;
    const credentials = credentialsOf(args);
    const adoption = adoptionOf(args);
    const zone = zoneOf(args);
    const making = { parent: this, accountId, zone, credentials, adoption, transform: transform?.tsig };
    const keys = transferKeys(name, args.tsig, making);
    const tsig = keys.active;
    warnOfNewKey(this, args, tsig);
    const { primaries } = args;
    const chain =
      primaries.length > 0 ? transferChain({ name, args, parent: this }, primaries, tsig) : undefined;
    const withdrawn = withdrawnFirst({ name, args, parent: this });
    const dnssec = this.dnssecOf(name, args, keys, chain, withdrawn);
    const ds = dsFor(args, dnssec, chain);
    const registrar = registrarOf({ name, args, parent: this }, dnssec, ds);

    tellAdoption(this, args, adoptedOf({ args, keys, chain, dnssec, registrar }));

    const saved = {
      zoneName: pulumi.output(args.zoneName),
      tsigId: tsig.tsigId,
      tsigName: tsig.name,
      tsigAlgo: tsig.algo,
      dnssecStatus: dnssec.observedStatus,
      soaSerial: chain?.incoming.soaSerial ?? pulumi.output(undefined),
      registrarStatus: registrar?.automation.status ?? pulumi.output(undefined),
      ds: ds ?? pulumi.output(undefined),
      dsAtParent: ifKnown(dnssec.dsAtParent),
    };
    Object.assign(this, saved, {
      tsig,
      peers: chain?.peers ?? [],
      incoming: chain?.incoming,
      dnssec,
      tsigSecret: pulumi.secret(tsig.secret),
      primaryConfig: configOf(this, { name, args, keys, autoRefreshSeconds: chain?.autoRefreshSeconds }),
    });
    // The state has the secret with its key, and from both the configuration is made again: four texts, encrypted, would
    // be half of a zone's state, which the engine writes at each step.
    this.registerOutputs({ ...saved, cloudflareAddresses: args.cloudflareAddresses });
  }

  /** Presigned is turned on once the primary is seen to sign and its zone has come. */
  private dnssecOf(
    name: string,
    args: SecondaryZoneArgs,
    keys: TransferKeys,
    chain: TransferChain | undefined,
    withdrawn: readonly pulumi.Resource[],
  ): ZoneDnssec {
    const wanted = { zoneId: args.zoneId, ...dnssecArgs(args.dnssec), ...credentialsOf(args) };
    const before = chain ? [chain.incoming, ...(chain.ds ? [chain.ds] : [])] : [...keys.all];
    const dependsOn = [...before, ...withdrawn];
    const [changed, options] = apply(args.transform?.dnssec, wanted, { parent: this, dependsOn });
    const zone = { ...zoneOf(args), registrar: publishedAt(args) };
    return new ZoneDnssec(`${name}-dnssec`, inZone(changed, zone), options);
  }
}

/** Nothing where nobody is to ask. Of a multi-signer zone each signer's DS has to be at the parent (RFC 8901 section 2.1.2). */
function dsFor(
  { dnssec: choice }: SecondaryZoneArgs,
  dnssec: ZoneDnssec,
  chain: TransferChain | undefined,
): pulumi.Output<string | undefined> | undefined {
  const own = isSignedByCloudflare(choice) ? dnssec.ds : undefined;
  const parts = [chain?.ds?.ds, own].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  // Only once DNSSEC is as asked for: with the DS of a change that was refused, the zone would not validate.
  return pulumi
    .all([dnssec.id, ...parts])
    .apply(([, ...known]) => known.filter(Boolean).join("\n") || undefined);
}
