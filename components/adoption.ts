import * as pulumi from "@pulumi/pulumi";
import type { ZoneDnssec } from "../provider/zone-dnssec";
import { isNew } from "./is-new";
import type { RegistrarPart } from "./registrar";
import type { SecondaryZoneArgs } from "./secondary-zone-args";
import type { TransferChain } from "./transfer-chain";
import { isShared, type TransferKeys } from "./tsig-choice";

/** What a zone's own children are told that have an `adopt`. */
export function adoptionOf({ adopt }: SecondaryZoneArgs): { readonly adopt?: boolean } {
  // What configuration leaves empty comes as null.
  return typeof adopt === "boolean" ? { adopt } : {};
}

/** A child, and what it is to somebody who reads a preview. */
interface Adopted {
  readonly child: pulumi.CustomResource;
  readonly what: pulumi.Input<string>;
}

interface Children {
  readonly args: SecondaryZoneArgs;
  readonly keys: TransferKeys;
  readonly chain: TransferChain | undefined;
  readonly dnssec: ZoneDnssec;
  readonly registrar: RegistrarPart | undefined;
}

/** The children of a zone that stand for something at a service. */
export function adoptedOf({ args, keys, chain, dnssec, registrar }: Children): readonly Adopted[] {
  const own = isShared(args.tsig) ? [] : keys.all;
  const { automation, published } = registrar ?? {};
  return [
    ...own.map((child) => ({ child, what: pulumi.interpolate`TSIG "${child.name}"` })),
    ...(chain?.ownPeers ?? []).map((child) => ({ child, what: pulumi.interpolate`peer "${child.name}"` })),
    ...(chain ? [{ child: chain.incoming, what: "the incoming transfer" }] : []),
    { child: dnssec, what: "DNSSEC" },
    ...(automation ? [{ child: automation, what: "automatic DNSSEC at HostUp" }] : []),
    ...(published ? [{ child: published, what: "the DS records at HostUp" }] : []),
  ];
}

/** Told at preview, where Pulumi has no other word than "create" for what is taken over. */
export function tellAdoption(
  zone: pulumi.Resource,
  { adopt, zoneName }: SecondaryZoneArgs,
  children: readonly Adopted[],
): void {
  if (!adopt || !pulumi.runtime.isDryRun()) return;
  const looked = children.map(({ child, what }) => pulumi.all([isNew(child), what]));
  pulumi.all([pulumi.output(zoneName), pulumi.all(looked)]).apply(([name, all]) => {
    const found = all.flatMap(([isToBeMade, what]) => (isToBeMade ? [what] : []));
    if (found.length === 0) return;
    void pulumi.log.info(
      `"create" takes over here what exists already of ${name}: ${found.join(", ")}. What already matches the program is left alone, what differs is changed, and what is missing is created.`,
      zone,
    );
  });
}
