/** What `pulumi stack export --show-secrets` writes of stacks with these zones. */

export interface StateKey {
  readonly name: string;
  readonly algo: string;
  readonly secret: string;
  readonly delete?: boolean;
}

export interface StateZone {
  readonly name: string;
  readonly zoneId?: string;
  readonly accountId?: string;
  readonly signing?: "presigned" | "live" | "multi-signer" | "off";
  readonly primaryPolicy?: string;
  /** Keys that are the zone's own. */
  readonly own?: readonly StateKey[];
  /** Of several which one signs transfers. */
  readonly active?: string;
  /** Keys of other zones, by the same values. */
  readonly shared?: readonly StateKey[];
  /** Left out: the transfer is not set up yet. */
  readonly autoRefreshSeconds?: number;
  readonly cloudflareAddresses?: object;
  /** What an earlier release saved. */
  readonly lastConfig?: object;
  /** Of the domain at HostUp, by name. */
  readonly domainName?: string;
}

export function keyOfState(name: string, secret: string): StateKey {
  return { name, algo: "hmac-sha512.", secret };
}

const DYNAMIC = "pulumi-nodejs:dynamic/secondary-dns:";
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});
const idOf = ({ name }: StateKey) => `account/${name}`;

export function stateOf(...zones: readonly StateZone[]): object {
  return { version: 3, deployment: { manifest: {}, resources: zones.flatMap(resourcesOf) } };
}

function resourcesOf(zone: StateZone): object[] {
  const urn = `urn:pulumi:test::project::secondary-dns:index:SecondaryZone::${zone.name}`;
  const child = (kind: string, more: object) => ({
    urn: `${urn}$${kind}::${zone.name}-${kind}`,
    type: DYNAMIC + kind,
    parent: urn,
    ...more,
  });
  const { own = [], autoRefreshSeconds, domainName } = zone;
  return [
    {
      urn,
      type: "secondary-dns:index:SecondaryZone",
      inputs: {
        accountId: zone.accountId ?? "0".repeat(32),
        zoneId: zone.zoneId ?? "1".repeat(32),
        zoneName: zone.name,
        dnssec: {
          signing: zone.signing ?? "presigned",
          nsec3: true,
          ...(zone.primaryPolicy === undefined ? {} : { primaryPolicy: zone.primaryPolicy }),
        },
        tsig: tsigOf(zone),
      },
      outputs: {
        ...(zone.lastConfig === undefined ? {} : { primaryConfig: secret(zone.lastConfig) }),
        cloudflareAddresses: zone.cloudflareAddresses,
      },
    },
    ...own.map((key) =>
      child("Tsig", {
        id: idOf(key),
        outputs: { name: key.name, algo: key.algo, secret: secret(key.secret) },
        ...(key.delete ? { delete: true } : {}),
      }),
    ),
    ...(autoRefreshSeconds === undefined
      ? []
      : [child("IncomingTransfer", { inputs: { autoRefreshSeconds } })]),
    ...(domainName === undefined ? [] : [child("HostupDnssecAuto", { inputs: { domainName } })]),
  ];
}

function tsigOf({ own = [], shared, active }: StateZone): object {
  if (shared !== undefined) {
    const [existing, ...also] = shared.map(idOf);
    return { existing, also };
  }
  const [first] = own;
  if (active === undefined) return { name: first?.name ?? "key.example." };
  return { keys: own.filter((key) => !key.delete).map(({ name }) => ({ name })), active };
}
