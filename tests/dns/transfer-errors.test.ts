import { randomBytes } from "node:crypto";
import { incomingTransfer } from "../../provider/runtime";
import { type Simulator, startSimulator } from "../../simulator";
import { isInstalled } from "../support/dns-processes";
import type { TransferKey } from "../support/dns-tools";
import { Managed, simulatorConfig } from "../support/handlers";
import { messageOf } from "../support/outcome";
import { PRIMARIES, type Primary, type PrimaryKind, startPrimary } from "../support/primaries";
import { SimulatorClient } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";
import { describeEach } from "../support/with-each";

const ZONE = "zone-0000.example";
const KEY = {
  name: `cf.${ZONE}`,
  algorithm: "hmac-sha512",
  secret: randomBytes(64).toString("base64"),
};
const OTHER_SECRET = { ...KEY, secret: randomBytes(64).toString("base64") };
const OTHER_NAME = { ...KEY, name: `other.${ZONE}` };
const OTHER_ALGORITHM = { ...KEY, algorithm: "hmac-sha256" };

/** What is wrong, and with which key Cloudflare asks. */
const faults = {
  "another secret": OTHER_SECRET,
  "another name": OTHER_NAME,
  "another algorithm": OTHER_ALGORITHM,
  "no TSIG": undefined,
  "a clock ten minutes off": KEY,
  "an address that may not": KEY,
} satisfies Record<string, TransferKey | undefined>;
type Fault = keyof typeof faults;

const unknown = (name: string, algorithm: string) => `it does not know the key "${name}." with ${algorithm}`;
const causes: Readonly<Record<Fault, string>> = {
  "another secret": `it has another secret for the key "${KEY.name}."`,
  "another name": unknown(OTHER_NAME.name, "hmac-sha512"),
  "another algorithm": unknown(KEY.name, "hmac-sha256"),
  "no TSIG": "it does not let this machine transfer without a TSIG key, and the peer has none",
  "a clock ten minutes off": "s ahead of this machine's, and a TSIG allows 300 s",
  "an address that may not": "either its address list excludes Cloudflare as well as this machine",
};
const unsaid = "and does not say why, as PowerDNS does when the name, algorithm or secret differs";

/** Where a server tells less than the others. */
const otherCauses: Readonly<Record<string, Partial<Record<Fault, string>>>> = {
  Knot: { "an address that may not": "Knot says the same if it has the key but its acl does not allow it" },
  NSD: { "another algorithm": "or the key may not transfer this zone" },
  PowerDNS: {
    "another secret": unsaid,
    "another name": unsaid,
    "another algorithm": unsaid,
    "a clock ten minutes off": unsaid,
  },
};

/** The line of the server's own configuration that the error must name. */
const lines: Readonly<Record<string, Record<Fault, string>>> = {
  BIND: {
    "another secret": `BIND: key "${KEY.name}." { algorithm hmac-sha512; secret "…"; };`,
    "another name": `BIND: key "${OTHER_NAME.name}." { algorithm hmac-sha512; secret "…"; };`,
    "another algorithm": `BIND: key "${KEY.name}." { algorithm hmac-sha256; secret "…"; };`,
    "no TSIG": `BIND: zone "${ZONE}" { allow-transfer { key "NAME"; }; };`,
    "a clock ten minutes off": "chronyc makestep",
    "an address that may not": `BIND: zone "${ZONE}" { allow-transfer { key "${KEY.name}."; }; }; and ADDRESS`,
  },
  Knot: {
    "another secret": `Knot: key: - id: ${KEY.name}, algorithm: hmac-sha512, secret: …`,
    "another name": `Knot: key: - id: ${OTHER_NAME.name}, algorithm: hmac-sha512, secret: …`,
    "another algorithm": `Knot: key: - id: ${KEY.name}, algorithm: hmac-sha256, secret: …`,
    "no TSIG": `Knot: zone: - domain: ${ZONE}, acl:`,
    "a clock ten minutes off": "chronyc makestep",
    "an address that may not": `Knot: acl: - address: ADDRESS, key: ${KEY.name}, action: transfer`,
  },
  NSD: {
    "another secret": `NSD: key: name: "${KEY.name}.", algorithm: hmac-sha512, secret: "…"`,
    "another name": `NSD: key: name: "${OTHER_NAME.name}.", algorithm: hmac-sha512, secret: "…"`,
    "another algorithm": `NSD: zone: name: "${ZONE}", provide-xfr: ADDRESS ${KEY.name}.; and algorithm: hmac-sha256`,
    "no TSIG": `NSD: zone: name: "${ZONE}", provide-xfr: ADDRESS NAME`,
    "a clock ten minutes off": "chronyc makestep",
    "an address that may not": `NSD: zone: name: "${ZONE}", provide-xfr: ADDRESS ${KEY.name}.`,
  },
  PowerDNS: {
    "another secret": `PowerDNS: pdnsutil import-tsig-key ${KEY.name} hmac-sha512 '…'`,
    "another name": `PowerDNS: pdnsutil import-tsig-key ${OTHER_NAME.name} hmac-sha512 '…'`,
    "another algorithm": `PowerDNS: pdnsutil import-tsig-key ${KEY.name} hmac-sha256 '…'`,
    "no TSIG": `PowerDNS: pdnsutil get-meta ${ZONE} TSIG-ALLOW-AXFR`,
    "a clock ten minutes off": "chronyc makestep",
    "an address that may not": "",
  },
};

describeEach(PRIMARIES, ({ name }) => `a transfer from ${name} that cannot come because of`, testsWith);

function testsWith(kind: PrimaryKind): void {
  let simulator: Simulator;
  let transfers: Transfers;
  const running: Primary[] = [];

  beforeAll(async () => {
    simulator = await startSimulator({ zones: 1, now: () => Date.now() });
    transfers = new Transfers(new SimulatorClient(simulator));
  });
  afterAll(async () => {
    await Promise.all(running.map((primary) => primary.stop()));
    await simulator.close();
  }, 20_000);

  // BIND does not start under another clock, so it is ours that is off there.
  const takesItsOwnClock = kind.name === "BIND";
  // What is told on the way stands in the error too.
  beforeEach(() => jest.spyOn(console, "log").mockImplementation(() => {}));
  afterEach(() => jest.restoreAllMocks());

  const start = async (wish: { allowFrom?: string; clockAhead?: number }): Promise<Primary> => {
    const primary = await startPrimary(kind, {
      zone: ZONE,
      key: KEY,
      notifyPort: transfers.dnsPort,
      ...wish,
    });
    running.push(primary);
    return primary;
  };
  let ordinary: Promise<Primary> | undefined;
  const primaryFor = (fault: Fault): Promise<Primary> => {
    if (fault === "a clock ten minutes off" && !takesItsOwnClock) return start({ clockAhead: 600 });
    if (fault === "an address that may not") return start({ allowFrom: "192.0.2.1" });
    ordinary ??= start({});
    return ordinary;
  };

  const told = Object.keys(faults).filter((name): name is Fault => name in faults);
  // For PowerDNS a key or an address is enough, so no address can be wrong.
  const tested = told.filter((fault) => kind.name !== "PowerDNS" || fault !== "an address that may not");

  const needsFaketime = (fault: Fault) => fault === "a clock ten minutes off" && !takesItsOwnClock;
  const untested = isInstalled("faketime") ? [] : tested.filter(needsFaketime);
  for (const fault of untested) test.skip(`${fault} (faketime is not installed)`, () => {});

  test.each(tested.filter((fault) => !untested.includes(fault)))(
    "%s ends in an error that names the cause and the line to change",
    async (fault) => {
      const { port } = await primaryFor(fault);
      if (fault === "a clock ten minutes off" && takesItsOwnClock) {
        const real = Date.now;
        jest.spyOn(Date, "now").mockImplementation(() => real() - 600_000);
      }
      const peer = await transfers.makePeer(port, faults[fault]);
      const resource = new Managed(incomingTransfer, simulatorConfig(simulator));
      const [zone] = simulator.zones;
      const program = { zoneId: zone?.id, name: ZONE, peers: [peer], waitForTransfer: 1 };
      const message = await messageOf(resource.up(program)).finally(() => resource.destroy());

      expect(message).toContain(`Gave up waiting for zone ${ZONE} to be transferred`);
      expect(message).toMatch(/Cloudflare's serial is none, the primary's \d+\./);
      expect(message).toContain(otherCauses[kind.name]?.[fault] ?? causes[fault]);
      expect(message).toContain(lines[kind.name]?.[fault]);
      for (const { secret } of [KEY, OTHER_SECRET]) expect(message).not.toContain(secret);
    },
    40_000,
  );
}
