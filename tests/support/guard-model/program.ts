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
  /** The ports of the team's servers. */
  readonly ports: readonly number[];
}

export const RESOURCES = ["tsig", "transferPeer", "incomingTransfer", "zoneDnssec"] as const;
export type ResourceName = (typeof RESOURCES)[number];

/** As the component makes the resources of a zone: each from the outputs of those before it. */
export function inputsOf(
  resource: ResourceName,
  { signing, nsec3, server, secret, onDelete, typo }: Program,
  { accountId, zones, ports }: Place,
  outputs: (resource: ResourceName) => Bag,
): Bag {
  const [own, other] = zones;
  const zoneId = (typo === "zone id" ? other : own)?.id;
  const zoneName = (typo === "zone name" ? other : own)?.name;
  const __zone = { zoneId, zoneName, accountId };
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
