import { randomBytes } from "node:crypto";
import { type Domain, type SimulatorOptions, startSimulator, type Zone } from "../../simulator";
import { ourDs } from "../../simulator/cloudflare/zone-key";
import { TYPE } from "../../simulator/dns/codes";
import { publishedDs } from "../../simulator/hostup/published-ds";
import { type Control, controlOf } from "./control";
import { message, startFakePrimary } from "./dns-fake-primary";
import { address, ORIGIN, pointing, soa } from "./dns-records";
import { mayServePort53 } from "./lab/addresses";
import { SimulatorClient } from "./simulator-client";
import { Transfers } from "./simulator-transfers";

/** A zone that Cloudflare signs, whose domain of the same name is at HostUp; parent and name servers can be asked. */
export interface SignedDomain {
  readonly control: Control;
  readonly name: string;
  readonly domainId: string;
  readonly zoneId: string;
  /** The DS of the key that signs, with SHA-256 and with SHA-384. */
  readonly ds: string;
  readonly ds384: string;
  domain(): Promise<Domain>;
  zone(): Promise<Zone>;
  /** What HostUp publishes. */
  published(): Promise<readonly string[]>;
  atParent(): Promise<readonly string[]>;
  /** As a registry does by itself, such as by CDS. */
  putAtParent(...ds: readonly string[]): Promise<void>;
  patchZone(change: object): Promise<void>;
  patchDomain(change: object): Promise<void>;
  close(): Promise<void>;
}

const ZONE = [soa(7), pointing("@", TYPE.NS, `ns.${ORIGIN}`), address("ns"), soa(7)];

export interface SignedDomainOptions extends SimulatorOptions {
  /** Of the DS, in seconds. */
  readonly ttl?: number;
}

export async function startSignedDomain({
  ttl = 1,
  dnskeyTtl = 1,
  ...options
}: SignedDomainOptions = {}): Promise<SignedDomain> {
  const primary = await startFakePrimary();
  primary.say((request) => [message(request, ZONE)]);
  const [second, third, fourth] = randomBytes(3);
  const dnsAddress = `127.${second}.${third}.${fourth}`;
  const simulator = await startSimulator({ zones: 1, dnsAddress, dnsPort: 53, dnskeyTtl, ...options });
  const client = new SimulatorClient(simulator);
  const { zoneId, domainId } = client;
  const name = simulator.zones[0]?.name ?? "";
  const control = controlOf(simulator);
  const zone = async () => found((await control.state()).zones[zoneId]);
  const domain = async () => found((await control.state()).domains[domainId]);
  const patchZone = (change: object) => control.patch({ zones: { [zoneId]: change } });
  const patchDomain = (change: object) => control.patch({ domains: { [domainId]: change } });

  const transfers = new Transfers(client);
  await transfers.link(primary.port);
  await transfers.force();
  await client.cloudflare("PATCH", `${client.zone}/dnssec`, { status: "active" });
  await patchDomain({ name });
  await patchZone({ parent: { ttl } });
  await control.forgetRequests();
  return {
    control,
    name,
    domainId,
    zoneId,
    ds: ourDs(name),
    ds384: ourDs(name, 4),
    zone,
    domain,
    published: async () => publishedDs(await domain()),
    atParent: async () => (await zone()).parent.ds,
    putAtParent: (...ds) => patchZone({ parent: { ds } }),
    patchZone,
    patchDomain,
    close: async () => {
      await simulator.close();
      await primary.stop();
    },
  };
}

function found<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error("it is gone");
  return thing;
}

/** Tests that ask parent and name servers, which are at port 53; where that is not to be had they are skipped, and say so. */
export function describeAtPort53(title: string, tests: () => void): void {
  if (mayServePort53()) {
    describe(title, tests);
    return;
  }
  const reason = "port 53 of loopback addresses is not ours: run as root";
  describe.skip(`${title}: ${reason}`, () => {
    // A describe without a test fails its file.
    test("is tested where it can be", () => {});
  });
  console.warn(`${title}: skipped, ${reason}`);
}
