import * as pulumi from "@pulumi/pulumi";
import { configFor, type PrimaryConfig } from "../servers";
import { conflicts, parseZone, type RawKey } from "../servers/parse-zone";
import type { PrimaryZone } from "../servers/primary-zone";
import { refusal } from "./check-args/problem";
import { signingOf } from "./dnssec-choice";
import type { SecondaryZone } from "./secondary-zone";
import type { SecondaryZoneArgs } from "./secondary-zone-args";
import type { TransferKeys } from "./tsig-choice";

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
      `zones[${index}] of primaryConfig is no SecondaryZone of this copy of pulumi-secondary-dns. Next: have one copy (npm ls pulumi-secondary-dns).`,
    );
  });
  return pulumi.secret(pulumi.all(all).apply(configOrRefusal));
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
  const texts = pulumi.all(keys.all.map((tsig) => pulumi.all([tsig.name, tsig.algo, tsig.secret])));
  return pulumi.all([zoneName, texts, autoRefreshSeconds]).apply(([zoneName, texts, autoRefreshSeconds]) => {
    const known = texts.flatMap(knownKey);
    // A program's own tests may mock a TSIG without outputs.
    if (known.length < texts.length) return undefined;
    const raw = {
      zoneName,
      keys: known,
      signing: signingOf(dnssec),
      policy: "primaryPolicy" in dnssec ? dnssec.primaryPolicy : undefined,
      cloudflareAddresses,
      autoRefreshSeconds,
    };
    const parsed = parseZone(raw);
    if ("value" in parsed) return parsed.value;
    throw refusal(`primaryConfig of SecondaryZone "${name}" cannot be made`, parsed.problems, CORRECT);
  });
}

const CORRECT =
  "correct the TSIG at Cloudflare, or let the zone have another one. What is refused here would stand in a server's configuration.";

function configOrRefusal(zones: readonly (PrimaryZone | undefined)[]): PrimaryConfig {
  const [first, ...others] = zones.filter((zone) => zone !== undefined);
  if (first === undefined || others.length < zones.length - 1) return WITHOUT_KEY;
  const problems = conflicts([first, ...others]);
  if (problems.length === 0) return configFor([first, ...others]);
  throw refusal("primaryConfig of these zones cannot be made", problems);
}

const NO_KEY = "A TSIG of this zone has no name, algorithm or secret, so there is no configuration.";
const WITHOUT_KEY: PrimaryConfig = {
  bind: `// ${NO_KEY}\n`,
  knot: `# ${NO_KEY}\n`,
  nsd: `# ${NO_KEY}\n`,
  powerdns: `# ${NO_KEY}\n`,
};

function knownKey([name, algo, secret]: readonly unknown[]): RawKey[] {
  const isKnown = typeof name === "string" && typeof algo === "string" && typeof secret === "string";
  return isKnown ? [{ name, algo, secret }] : [];
}
