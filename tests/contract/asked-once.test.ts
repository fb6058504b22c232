import { startSimulator } from "../../simulator";
import { type Control, controlOf } from "../support/control";
import { freshRuntime } from "../support/engine-runs";
import { type Bag, Managed, simulatorConfig } from "../support/handlers";
import { callsDuring } from "../support/outcome";

const PEER = "a".repeat(32);

let control: Control;
let incoming: Managed;
let dnssec: Managed;
let transfer: Bag;
let zoneId: string;

beforeEach(async () => {
  jest.spyOn(console, "log").mockImplementation(() => {});
  control = controlOf(await startSimulator());
  const { accountId, zones } = control.simulator;
  const [zone] = zones;
  zoneId = zone?.id ?? "";
  await control.patch({ peers: { [PEER]: { accountId, name: "peer", ip: "127.0.0.1", port: 9 } } });
  transfer = { zoneId, name: zone?.name ?? "", peers: [PEER] };
  const runtime = freshRuntime();
  const config = simulatorConfig(control.simulator);
  incoming = new Managed(runtime.incomingTransfer, config);
  dnssec = new Managed(runtime.zoneDnssec, config);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await control.simulator.close();
});

test("the resources of a zone ask for its DNSSEC once a run", async () => {
  const [, made] = await callsDuring(control, async () => {
    await incoming.up(transfer);
    await dnssec.up({ zoneId });
  });
  expect(made.filter((call) => call === "GET dnssec")).toHaveLength(1);
});

test("another run asks again, and so sees what was changed in the console meanwhile", async () => {
  await incoming.up(transfer);
  await control.patch({ zones: { [zoneId]: { dnssec: { status: "pending", dnssec_use_nsec3: true } } } });
  await incoming.up({ ...transfer, autoRefreshSeconds: 600 });
  const [, made] = await callsDuring(control, () => dnssec.up({ zoneId, dnssecUseNsec3: true }));
  expect(made).toEqual(["GET dnssec"]);
});

test("a refresh asks once for a zone's DNSSEC, whichever of its resources comes first", async () => {
  await incoming.up(transfer);
  await dnssec.up({ zoneId });
  const orders = [
    async () => void (await Promise.all([incoming.look(), dnssec.look()])),
    async () => {
      await incoming.look();
      await dnssec.look();
    },
    async () => {
      await dnssec.look();
      await incoming.look();
    },
  ];
  for (const refresh of orders) {
    await incoming.begin();
    await dnssec.begin();
    const [, made] = await callsDuring(control, refresh);
    expect(made.sort()).toEqual(["GET dnssec", "GET incoming"]);
  }
});
