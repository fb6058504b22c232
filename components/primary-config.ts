import * as pulumi from "@pulumi/pulumi";
import type { PrimaryConfig } from "../servers";
import type { RawKey } from "../servers/parse-zone";
import type { PrimaryZone } from "../servers/primary-zone";
import { signingOf } from "./dnssec-choice";
import type { SecondaryZone } from "./secondary-zone";
import type { SecondaryZoneArgs } from "./secondary-zone-args";
import type { TransferKeys } from "./tsig-choice";

/** Loaded once a key is known: a preview of new zones knows none, and the servers are a quarter of what a program loads. */
const texts = (): typeof import("./config-texts") => require("./config-texts");

/** What the primary of each zone of this program must know. Not among the zones' own fields, since it holds secrets. */
const primaryZones = new WeakMap<SecondaryZone, pulumi.Output<PrimaryZone | undefined>>();

/**
 * What to put on a primary that serves all these zones: the {@link SecondaryZone.primaryConfig} of each in one text. A
 * shared key, ACL or policy appears only once, since BIND, Knot and NSD refuse a key that is defined twice. Always a
 * secret.
 * @throws when there is no zone, one zone twice, or two zones with different keys of the same name
 */
export function primaryConfig(zones: readonly SecondaryZone[]): pulumi.Output<PrimaryConfig> {
  if (zones.length === 0) throw new pulumi.RunError("primaryConfig was given no zone; allowed: one or more");
  const all = zones.map((zone, index) => {
    const known = primaryZones.get(zone);
    if (known !== undefined) return known;
    throw new pulumi.RunError(
      `zones[${index}] of primaryConfig is not a SecondaryZone of this copy of pulumi-secondary-dns. Next: install only one copy (npm ls pulumi-secondary-dns).`,
    );
  });
  return pulumi.secret(pulumi.all(all).apply((known) => texts().textsFor(known)));
}

/** Keeps what `primaryConfig` needs of a zone, and gives the configuration for it alone. */
export function configOf(zone: SecondaryZone, wish: PrimaryWish): pulumi.Output<PrimaryConfig> {
  primaryZones.set(zone, primaryZone(wish));
  return primaryConfig([zone]);
}

export interface PrimaryWish {
  /** The component's name, for messages. */
  readonly name: string;
  readonly args: Pick<SecondaryZoneArgs, "zoneName" | "dnssec" | "cloudflareAddresses">;
  readonly keys: TransferKeys;
  readonly autoRefreshSeconds: pulumi.Input<number> | undefined;
}

function primaryZone({
  name,
  args,
  keys,
  autoRefreshSeconds,
}: PrimaryWish): pulumi.Output<PrimaryZone | undefined> {
  const { zoneName, dnssec, cloudflareAddresses } = args;
  const tsigs = pulumi.all(keys.all.map((tsig) => pulumi.all([tsig.name, tsig.algo, tsig.secret])));
  return pulumi.all([zoneName, tsigs, autoRefreshSeconds]).apply(([zoneName, tsigs, autoRefreshSeconds]) => {
    const known = tsigs.flatMap(knownKey);
    // A program's own tests may mock a TSIG without outputs.
    if (known.length < tsigs.length) return undefined;
    return texts().knownZone(name, {
      zoneName,
      keys: known,
      signing: signingOf(dnssec),
      policy: "primaryPolicy" in dnssec ? dnssec.primaryPolicy : undefined,
      cloudflareAddresses,
      autoRefreshSeconds,
    });
  });
}

function knownKey([name, algo, secret]: readonly unknown[]): RawKey[] {
  const isKnown = typeof name === "string" && typeof algo === "string" && typeof secret === "string";
  return isKnown ? [{ name, algo, secret }] : [];
}
