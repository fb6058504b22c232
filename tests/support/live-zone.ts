import { type Simulator, startSimulator } from "../../simulator";
import { TYPE } from "../../simulator/dns/codes";
import { dsOf } from "../../simulator/dns/ds";
import { parseName } from "../../simulator/dns/name";
import { KEY_FLAGS } from "../../simulator/dns/signing-key";
import { type Control, controlOf } from "./control";
import { ask } from "./dns-client";
import { SimulatorClient } from "./simulator-client";
import { Transfers } from "./simulator-transfers";

export interface Live {
  /** The key's name, without the final dot. */
  readonly tsig: string;
  readonly peer: string;
  readonly autoRefreshSeconds: number;
}

/** A presigned zone that somebody has set up by hand, with its DS at HostUp. */
export interface LiveZone {
  readonly simulator: Simulator;
  readonly zone: { readonly id: string; readonly name: string };
  readonly primary: { readonly address: string; readonly port: number };
  /** What both services have, but for what changes by itself. */
  standing(): Promise<unknown>;
  /** The calls since it was set up that are no reads. */
  writes(): Promise<readonly string[]>;
  renamePeer(name: string): Promise<void>;
  close(): Promise<void>;
}

const SECRET = Buffer.alloc(64, 7).toString("base64");

export async function startLiveZone({ tsig, peer, autoRefreshSeconds }: Live): Promise<LiveZone> {
  const simulator = await startSimulator({ zones: 1, primary: true });
  const control = controlOf(simulator);
  const client = new SimulatorClient(simulator);
  const [zone] = simulator.zones;
  if (zone === undefined) throw new Error("the simulator starts with a zone");
  const [address = "", port] = (simulator.primary ?? "").split(":");
  const key = { name: tsig, algorithm: "hmac-sha512", secret: SECRET };

  await control.patchPrimary({
    keys: { [tsig]: { algorithm: key.algorithm, secret: SECRET } },
    zones: { [zone.name]: { transferKeys: [tsig] } },
  });
  const transfers = new Transfers(client);
  await transfers.link(Number(port), key, peer);
  await control.patch({ zones: { [zone.id]: { incoming: { auto_refresh_seconds: autoRefreshSeconds } } } });
  await transfers.force();
  const signed = { status: "active", dnssec_presigned: true, dnssec_use_nsec3: true };
  await client.cloudflare("PATCH", `${client.zone}/dnssec`, signed);
  const ds = await dsServed(simulator, zone.name);
  await client.patchDomain({
    name: zone.name,
    dnssecAuto: { status: "excluded", isEnabled: false },
    dsRecords: { dsr_a: { ds } },
  });
  await control.forgetRequests();
  return {
    simulator,
    zone,
    primary: { address, port: Number(port) },
    standing: () => standing(control, zone.id, client.domainId),
    writes: async () =>
      (await control.requests()).flatMap(({ method, path }) =>
        method === "GET" ? [] : [`${method} ${path}`],
      ),
    renamePeer: (name) => control.patch({ peers: { [transfers.peer]: { name } } }),
    close: () => simulator.close(),
  };
}

async function standing(control: Control, zoneId: string, domainId: string): Promise<unknown> {
  const { tsigs, peers, zones, domains } = await control.state();
  const zone = zones[zoneId];
  const { incoming, dnssec, parent } = zone ?? {};
  const records = Object.values(domains[domainId]?.dsRecords ?? {}).map(({ ds }) => ds);
  return structuredClone({ tsigs, peers, incoming, dnssec, parent, records });
}

async function dsServed(simulator: Simulator, zoneName: string): Promise<string> {
  const { answers } = await ask(Number(simulator.dns.split(":")[1]), zoneName, TYPE.DNSKEY);
  const ksk = answers.find(
    ({ type, rdata }) => type === TYPE.DNSKEY && rdata.readUInt16BE(0) === KEY_FLAGS.ksk,
  );
  if (ksk === undefined) throw new Error(`${zoneName} is served without a key-signing key`);
  return dsOf(parseName(zoneName), ksk.rdata);
}
