import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { TYPE } from "../../../simulator/dns/codes";
import { run, until } from "../dns-processes";
import { serveZone } from "../dns-serve-zone";
import { bindServer } from "../dns-server-bind";
import { digZone, faultsOf } from "../dns-tools";
import type { LabAddresses } from "./addresses";
import type { DsText } from "./ds";
import { DsHistory } from "./ds-history";
import { lookUp, type Server } from "./query";
import { startRelay } from "./relay";
import { NAME_SERVERS, parentText, rootText, TTL } from "./zone-texts";

const ZONE = "example";
const KEY = `key "lab." { algorithm hmac-sha256; secret "${Buffer.alloc(32, 1).toString("base64")}"; };\n`;

/** The zone above the one under test, signed; and the root above it, which is not. */
export interface Parent extends Server {
  /** The zone's key-signing key, as a trust anchor in the form of a zone file. */
  readonly anchor: string;
  readonly history: DsHistory;
  /** Puts these in place of the DS records that are there; they are served when it has ended. */
  setDs(ds: readonly DsText[]): Promise<void>;
  /** Delegates the zone to servers of these names. */
  delegate(nameServers: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export interface ParentWish {
  readonly child: string;
  readonly folder: string;
  readonly addresses: Omit<LabAddresses, "resolver" | "release">;
  readonly dsTtl: number;
}

/** Starts BIND with the two zones, and with the child delegated to the secondary's names. */
export async function startParent({ child, folder, addresses, dsTtl }: ParentWish): Promise<Parent> {
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const root = file("root.zone", rootText(addresses.parent, addresses.secondary));
  const keyFile = file("update.key", KEY);
  const served = await serveZone(bindServer, {
    zone: ZONE,
    text: parentText(addresses.parent, addresses.primary),
    config: config(root),
  });
  const relay = await startRelay(addresses.parent, served.port);
  const stop = async () => {
    await relay.stop();
    await served.stop();
  };

  const history = new DsHistory();
  const update = async (...lines: readonly string[]) => {
    const script = [`server 127.0.0.1 ${served.port}`, `zone ${ZONE}`, ...lines, "send\n"].join("\n");
    await run("nsupdate", ["-k", keyFile, file("update", script)]);
  };
  const replace = (type: "DS" | "NS", ttl: number, data: readonly string[]) =>
    update(
      `update delete ${child} ${type}`,
      ...data.map((one) => `update add ${child} ${ttl} ${type} ${one}`),
    );
  const server = { address: addresses.parent, port: 53 };
  try {
    await replace("NS", TTL, NAME_SERVERS);
    await until(
      "the parent has signed its zone",
      async () => {
        const text = await digZone(served.port, ZONE, folder);
        return text !== undefined && (await faultsOf(text, ZONE, folder)) === "";
      },
      served.log,
    );
    return {
      ...server,
      anchor: await anchorOf(server),
      history,
      setDs: (ds) => history.record(ds, () => replace("DS", dsTtl, ds)),
      delegate: (nameServers) => replace("NS", TTL, nameServers),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function config(root: string): string {
  return `${KEY}
dnssec-policy "parent" {
  keys { ksk lifetime unlimited algorithm ecdsap256sha256; zsk lifetime unlimited algorithm ecdsap256sha256; };
  dnskey-ttl ${TTL}; max-zone-ttl 1d;
};
zone "." { type primary; file "${root}"; };
zone "${ZONE}" {
  type primary; file "${ZONE}.zone"; dnssec-policy "parent"; notify no;
  allow-transfer { 127.0.0.1; }; update-policy { grant lab. zonesub any; };
};
`;
}

async function anchorOf(server: Server): Promise<string> {
  const response = await lookUp(server, ZONE, "DNSKEY");
  const key = response?.answers.find(
    ({ type, rdata }) => type === TYPE.DNSKEY && rdata.readUInt16BE(0) === 257,
  );
  if (key === undefined) throw new Error("the parent has no key-signing key");
  const [protocol, algorithm] = key.rdata.subarray(2, 4);
  return `${ZONE}. DNSKEY 257 ${protocol} ${algorithm} ${key.rdata.subarray(4).toString("base64")}`;
}
