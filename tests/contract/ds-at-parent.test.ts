import { startSimulator } from "../../simulator";
import { type Control, controlOf } from "../support/control";
import { freshRuntime } from "../support/engine-runs";
import { type Bag, Managed, simulatorConfig } from "../support/handlers";
import { callsDuring } from "../support/outcome";

const [digest, other] = ["5A".repeat(32), "C0".repeat(32)];
const RECORD = { keyTag: 2371, algorithm: 13, digestType: 2, digest };

let control: Control;
let dnssec: Managed;
let program: Bag;
let zoneId: string;

beforeEach(async () => {
  control = controlOf(await startSimulator());
  const [zone] = control.simulator.zones;
  zoneId = zone?.id ?? "";
  dnssec = new Managed(freshRuntime().zoneDnssec, simulatorConfig(control.simulator));
  const { accountId } = control.simulator;
  program = { zoneId, __zone: { zoneId, zoneName: zone?.name ?? "", accountId, hasPrimaries: true } };
  jest.spyOn(console, "log").mockImplementation(() => {});
});

afterEach(async () => {
  jest.restoreAllMocks();
  delete process.env.SECONDARY_DNS_FORCE;
  await control.simulator.close();
});

/** And the resolver has heard of nothing yet. */
async function putAtParent(parent: object): Promise<void> {
  await control.patch({ zones: { [zoneId]: { parent } } });
  await fetch(`${control.simulator.control}/resolver-cache`, { method: "DELETE" });
}

const seen = () => dnssec.state.outputs.dsAtParent;

test("what the registry has by itself is an output after a refresh, and since when", async () => {
  await dnssec.up(program);
  expect(dnssec.state.outputs).not.toHaveProperty("dsAtParent");

  await putAtParent({ ds: [`2371 13 2 ${digest}`] });
  await dnssec.refresh();
  const first = seen();
  expect(first).toEqual({ records: [RECORD], since: expect.stringMatching(/^\d{4}-.*Z$/) });

  await dnssec.refresh();
  expect(seen()).toEqual(first);
  expect(await dnssec.preview(program)).toEqual([]);
  expect(await callsDuring(control, () => dnssec.up(program))).toEqual(["same", []]);
});

test("the diff of another signer warns of it, before the update is refused", async () => {
  const presigned = { ...program, dnssecPresigned: true };
  await dnssec.up(program);
  await putAtParent({ ds: [`2371 13 2 ${digest}`] });
  await dnssec.refresh();
  const warning = expect.stringMatching(
    /^Danger for .*: this changes who signs it, and its parent has a DS \(2371 13 2 5A5A/,
  );
  await dnssec.up(program);
  expect(console.log).not.toHaveBeenCalledWith(warning);

  await expect(dnssec.up(presigned)).rejects.toThrow("stays as it is");
  expect(console.log).toHaveBeenCalledWith(warning);
});

test("a change of DNSSEC sees it too", async () => {
  await putAtParent({ ds: [`2371 13 2 ${digest}`] });
  // It is of no key of the zone's, so that the change has to be forced.
  process.env.SECONDARY_DNS_FORCE = control.simulator.zones[0]?.name;
  await dnssec.up(program);
  expect(seen()).toMatchObject({ records: [RECORD] });
});

test("a parent that cannot be queried changes nothing of it, and one that has none any more takes it away", async () => {
  await dnssec.up(program);
  await putAtParent({ ds: [`2371 13 2 ${digest}`, `2372 13 2 ${other}`] });
  await dnssec.refresh();
  const both = seen();
  expect(both).toMatchObject({ records: [{ digest }, { digest: other }] });
  await putAtParent({ reachable: false });
  await dnssec.refresh();
  expect(seen()).toEqual(both);
  await putAtParent({ reachable: true, ds: [] });
  await dnssec.refresh();
  expect(dnssec.state.outputs).not.toHaveProperty("dsAtParent");
});

test("a DS that stands in the way of the first change is remembered, and a destroy then changes nothing", async () => {
  await putAtParent({ ds: [`2371 13 2 ${digest}`] });
  await expect(dnssec.up(program)).rejects.toThrow(/2371 13 2/);
  expect(dnssec.state.outputs).toMatchObject({
    dsAtParent: { records: [RECORD] },
    __parent: { ds: [{ ds: [RECORD] }] },
  });

  await putAtParent({ ds: [] });
  await dnssec.refresh();
  expect(dnssec.state.outputs).toMatchObject({
    __parent: { ds: [{ ds: [RECORD], goneAt: expect.any(Number) }] },
  });
  const before = (await control.state()).zones[zoneId];
  await dnssec.remove();
  expect((await control.state()).zones[zoneId]).toEqual(before);
});
