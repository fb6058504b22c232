import { startSimulator } from "../../../simulator";
import { type Control, controlOf } from "../../support/control";
import { freshRuntime } from "../../support/engine-runs";
import { Managed, simulatorConfig } from "../../support/handlers";
import { messageOf } from "../../support/outcome";

const NAME = "zone-0000.example";
const DS = `13 13 2 ${"5A".repeat(32)}`;

let control: Control;
let domainId: string;

beforeEach(async () => {
  control = controlOf(await startSimulator({ zones: 1, dnskeyTtl: 1 }));
  const { zones, domains } = control.simulator;
  domainId = domains[0]?.id ?? "";
  await control.patch({
    domains: { [domainId]: { name: NAME } },
    zones: { [zones[0]?.id ?? ""]: { parent: { ttl: 3_600 } } },
  });
  jest.spyOn(console, "log").mockImplementation(() => {});
});

afterEach(async () => {
  delete process.env.SECONDARY_DNS_FORCE;
  jest.restoreAllMocks();
  await control.simulator.close();
});

const set = (saved?: Managed["saved"]) => {
  const resource = new Managed(freshRuntime().hostupDsSet, simulatorConfig(control.simulator));
  resource.saved = saved;
  return resource;
};
const published = async () => Object.keys((await control.state()).domains[domainId]?.dsRecords ?? {});

test("a DS that is published stays while a resolver alone denies it, for its denial may be older", async () => {
  const made = set();
  // Nobody shows how long its keys live. The look before it is published is what the resolver goes on saying.
  process.env.SECONDARY_DNS_FORCE = NAME;
  await made.up({ domainId, ds: `${NAME}. 3600 IN DS ${DS}`, waitForRemoval: 20 });
  delete process.env.SECONDARY_DNS_FORCE;
  expect(await published()).toHaveLength(1);

  const message = await messageOf(set(made.saved).destroy());
  expect(message).toMatch(/stays published for now: .* and the state does not record it yet/);
  expect(message).toContain('Next: run "pulumi refresh"');
  expect(await published()).toHaveLength(1);

  await fetch(`${control.simulator.control}/resolver-cache`, { method: "DELETE" });
  const seen = set(made.saved);
  await seen.refresh();
  const known = await messageOf(set(seen.saved).destroy());
  expect(known).toContain("is withdrawn at HostUp, and nothing else is changed yet");
  expect(await published()).toEqual([]);
});
