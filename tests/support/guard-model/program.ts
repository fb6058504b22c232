import { type DnssecChoice, dnssecArgs } from "../../../components/dnssec-choice";
import type { Bag } from "../handlers";
import type { Primary, TransferKey } from "./primary";

/** What a program says of its SecondaryZone. */
export interface Program {
  readonly signing: DnssecChoice["signing"];
  readonly nsec3: boolean;
  /** Which of the team's servers it transfers from, and by which of the secrets. */
  readonly server: number;
  readonly secret: number;
  readonly onDelete: "restore" | "disable" | "retain";
  /** `registrar: { hostup: { dnssec: "ds-records" } }`. */
  readonly registrar: boolean;
  readonly waitForRemoval: number;
  /** A slip of the pen. */
  readonly typo: "none" | "zone name" | "zone id";
}

const SECRETS = [1, 2].map((byte) => Buffer.alloc(64, byte).toString("base64"));

export function transferKey(secret: number): TransferKey {
  return { name: "key.example.", algorithm: "hmac-sha512.", secret: SECRETS[secret] ?? "" };
}

/** One that says what the server has. */
export function following(program: Program, { signing, transferKeys }: Primary): Program {
  const secret = [0, 1].find((each) => transferKeys.some((key) => key.secret === transferKey(each).secret));
  return {
    ...program,
    nsec3: signing?.denial === "nsec3",
    typo: "none",
    secret: secret ?? program.secret,
  };
}

export interface Place {
  readonly accountId: string;
  readonly zones: readonly { readonly id: string; readonly name: string }[];
  /** At HostUp. */
  readonly domainId: string;
  /** The ports of the team's servers. */
  readonly ports: readonly number[];
}

export const RESOURCES = [
  "tsig",
  "transferPeer",
  "incomingTransfer",
  "primaryDs",
  "zoneDnssec",
  "hostupDsSet",
] as const;
export type ResourceName = (typeof RESOURCES)[number];

/** A resource of a program, and what it is made after and removed before. */
export interface Placed {
  readonly name: ResourceName;
  readonly after: readonly ResourceName[];
}

/** What the component makes for a program, in its order: of a zone that is off the DS go first. */
export function resourcesOf({ signing, registrar }: Program): readonly Placed[] {
  const transfer: readonly Placed[] = [
    { name: "tsig", after: [] },
    { name: "transferPeer", after: ["tsig"] },
    { name: "incomingTransfer", after: ["transferPeer"] },
  ];
  if (!registrar) return [...transfer, { name: "zoneDnssec", after: ["incomingTransfer"] }];
  if (signing === "off")
    return [
      ...transfer,
      { name: "hostupDsSet", after: [] },
      { name: "zoneDnssec", after: ["incomingTransfer", "hostupDsSet"] },
    ];
  const isByPrimary = signing !== "live";
  return [
    ...transfer,
    ...(isByPrimary ? [{ name: "primaryDs", after: ["incomingTransfer"] } as const] : []),
    { name: "zoneDnssec", after: ["incomingTransfer", ...(isByPrimary ? (["primaryDs"] as const) : [])] },
    { name: "hostupDsSet", after: ["zoneDnssec"] },
  ];
}

/** As the component makes the resources of a zone: each from the outputs of those before it. */
export function inputsOf(
  resource: ResourceName,
  { signing, nsec3, server, secret, onDelete, registrar, waitForRemoval, typo }: Program,
  { accountId, domainId, zones, ports }: Place,
  outputs: (resource: ResourceName) => Bag,
): Bag {
  const [own, other] = zones;
  const zoneId = (typo === "zone id" ? other : own)?.id;
  const zoneName = (typo === "zone name" ? other : own)?.name;
  const __zone = { zoneId, zoneName, accountId, ...(registrar ? { registrar: { domainId } } : {}) };
  switch (resource) {
    case "tsig": {
      const { name, algorithm, secret: text } = transferKey(secret);
      return { accountId, name, algo: algorithm, secret: text, __owner: "test/test/zone-tsig", __zone };
    }
    case "transferPeer": {
      const { tsigId } = outputs("tsig");
      const place = { ip: "127.0.0.1", port: ports[server] };
      return { accountId, name: `${zoneName} 127.0.0.1`, ...place, tsigId, probeZone: zoneName, __zone };
    }
    case "incomingTransfer": {
      const { peerId } = outputs("transferPeer");
      const triggers = triggersOf(outputs("tsig"), outputs("transferPeer"));
      // By itself it does not transfer: the model says when.
      const autoRefreshSeconds = 315_360_000;
      return {
        accountId,
        zoneId,
        name: zoneName,
        peers: [peerId],
        autoRefreshSeconds,
        waitForTransfer: 300,
        triggers,
      };
    }
    case "primaryDs":
      return { accountId, zoneName, peers: [outputs("transferPeer").peerId] };
    case "hostupDsSet": {
      const byPrimary = signing === "presigned" || signing === "multi-signer" ? ["primaryDs" as const] : [];
      const byCloudflare = signing === "live" || signing === "multi-signer" ? ["zoneDnssec" as const] : [];
      const ds = [...byPrimary, ...byCloudflare].map((signer) => outputs(signer).ds);
      const guarded = signing === "off" ? { __zone: { ...__zone, isSigningGuarded: true } } : {};
      return { domainId, ds: ds.filter(Boolean).join("\n"), waitForRemoval, ...guarded };
    }
    case "zoneDnssec":
      return {
        zoneId,
        onDelete,
        ...dnssecArgs(signing === "off" ? { signing } : { signing, nsec3 }),
        __zone,
      };
  }
}

/** A key or peer whose content has changed has to show that it works. */
function triggersOf({ tsigId, revision: rekeyed }: Bag, { tsigId: used, revision: moved }: Bag): string[] {
  const key = used === tsigId && rekeyed ? ` key ${rekeyed}` : "";
  return [`${used}${key}${moved ? ` at ${moved}` : ""}`];
}
