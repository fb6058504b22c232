import { zoneDnssec } from "../../provider/runtime";
import { type Simulator, startSimulator } from "../../simulator";
import { Managed, simulatorConfig } from "../support/handlers";

let simulator: Simulator;
let lines: string[];

beforeEach(async () => {
  lines = [];
  jest.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
  // Its parent is not at port 53, so that the resolver alone can be asked.
  simulator = await startSimulator({ zones: 2 });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await simulator.close();
});

test("what could not be checked of a zone is told once a run, however many of its changes looked at it", async () => {
  const config = simulatorConfig(simulator);
  for (const { id: zoneId } of simulator.zones) {
    const dnssec = new Managed(zoneDnssec, config);
    await dnssec.up({ zoneId });
    await dnssec.up({ zoneId, dnssecUseNsec3: true });
    await dnssec.up({ zoneId });
  }
  const told = lines.filter((line) => line.includes("the servers of its parent"));
  expect(told).toHaveLength(2);
  expect(told.map((line) => line.split(":")[0])).toEqual(
    simulator.zones.map(({ name }) => `Not checked for ${name}`),
  );
});
