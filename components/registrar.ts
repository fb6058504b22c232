import type * as pulumi from "@pulumi/pulumi";
import { HostupDnssecAuto } from "../provider/hostup-dnssec-auto";
import { HostupDsSet, type HostupDsSetArgs } from "../provider/hostup-ds-set";
import { inZone, type NamedZone } from "../provider/named-zone";
import type { ZoneDnssec } from "../provider/zone-dnssec";
import type { SecondaryZoneArgs } from "./secondary-zone-args";
import { zoneOf } from "./transfer-chain";
import { apply } from "./transform";

interface Making {
  readonly name: string;
  readonly args: SecondaryZoneArgs;
  readonly parent: pulumi.Resource;
}

/** What a zone has at the registrar. */
export interface RegistrarPart {
  readonly automation: HostupDnssecAuto;
  readonly published?: HostupDsSet;
}

/** What the registrar does about the DS, after the zone is served as it is to be. */
export function registrarOf(
  making: Making,
  dnssec: ZoneDnssec,
  ds: pulumi.Output<string | undefined> | undefined,
): RegistrarPart | undefined {
  const { name, args, parent } = making;
  const choice = args.registrar?.hostup;
  if (choice === undefined) return undefined;
  const { dnssec: mode, waitForRemoval: _, ...domain } = choice;
  const action = mode === "automatic" ? "include" : "exclude";
  const paths = { ...DOMAIN_PATHS, action: "registrar.hostup.dnssec" };
  const automation = new HostupDnssecAuto(
    `${name}-registrar`,
    ...apply(args.transform?.registrar, { ...domain, action }, { parent, dependsOn: dnssec }, paths),
  );
  // While the zone has no primaries there is no DS yet.
  if (mode === "ds-records" && !isOff(args) && ds !== undefined) {
    const text = ds.apply((records) => records ?? "");
    return { automation, published: new HostupDsSet(...dsSet(making, text, [automation])) };
  }
  return { automation };
}

/** What has to end before the zone's signing may: of one that is off the DS set is empty, and comes first. */
export function withdrawnFirst(making: Making): readonly pulumi.Resource[] {
  const isWanted = making.args.registrar?.hostup.dnssec === "ds-records" && isOff(making.args);
  if (!isWanted) return [];
  const [name, args, options] = dsSet(making, "", []);
  return [new HostupDsSet(name, inZone(args, { ...zoneOf(making.args), isSigningGuarded: true }), options)];
}

/** The domain whose DS records the program publishes, for the checks before a write. */
export function publishedAt({ registrar, transform }: SecondaryZoneArgs): NamedZone["registrar"] {
  const choice = registrar?.hostup;
  if (choice?.dnssec !== "ds-records") return undefined;
  const { dnssec: _, waitForRemoval: __, ...domain } = choice;
  const [{ domainId, domainName, profile }] = apply(transform?.registrarDs, { ...domain, ds: "" }, {});
  return { domainId, domainName, profile };
}

function isOff({ dnssec }: SecondaryZoneArgs): boolean {
  return dnssec.signing === "off";
}

function dsSet(
  { name, args, parent }: Making,
  ds: pulumi.Input<string>,
  dependsOn: pulumi.Resource[],
): [name: string, args: HostupDsSetArgs, options: pulumi.CustomResourceOptions] {
  const { dnssec: _, waitForRemoval, ...domain } = args.registrar?.hostup ?? {};
  // What configuration leaves empty comes as null.
  const wanted = { ...domain, ds, waitForRemoval: waitForRemoval ?? 600 };
  const paths = { ...DOMAIN_PATHS, waitForRemoval: "registrar.hostup.waitForRemoval" };
  const changed = apply(args.transform?.registrarDs, wanted, { parent, dependsOn }, paths);
  return [`${name}-registrar-ds`, ...changed];
}

const DOMAIN_PATHS = { domainId: "registrar.hostup.domainId", domainName: "registrar.hostup.domainName" };
