import "../../support/one-realm";
import { UNKNOWN } from "../../../provider/engine/unknown";
import type { Wanted } from "../../support/engine-runs";
import { useStacks } from "../../support/two-programs";

const { services, stack } = useStacks();

const zoneAt = (index: number) => services().simulator.zones[index] ?? { id: "", name: "" };
const domainAt = (index: number) => services().simulator.domains[index] ?? { id: "", name: "" };
const FOREIGN = "f".repeat(32);

const KINDS: readonly [title: string, make: (index: number, more?: object) => Wanted][] = [
  ["ZoneDnssec", (index, more) => ({ kind: "zoneDnssec", inputs: { zoneId: zoneAt(index).id, ...more } })],
  [
    "IncomingTransfer",
    (index, more) => ({
      kind: "incomingTransfer",
      inputs: { zoneId: zoneAt(index).id, name: zoneAt(index).name, peers: [FOREIGN], ...more },
    }),
  ],
  [
    "HostupDnssecAuto by id",
    (index, more) => ({ kind: "hostupDnssecAuto", inputs: { domainId: domainAt(index).id, ...more } }),
  ],
  [
    "HostupDnssecAuto by name",
    (index, more) => ({ kind: "hostupDnssecAuto", inputs: { domainName: domainAt(index).name, ...more } }),
  ],
];

describe.each(KINDS)("of %s", (_title, make) => {
  beforeEach(async () => {
    const { accountId } = services().simulator;
    await services().patch({ peers: { [FOREIGN]: { accountId, name: "other", ip: "127.0.0.1", port: 9 } } });
  });

  test("two resources for one object are refused at preview, and the message names the other one", async () => {
    const program = { first: make(0), second: make(0) };
    await expect(stack().preview(program)).rejects.toThrow('the resource "first" of this program');
    await expect(stack().preview(program)).rejects.toThrow("Next: ");
  });

  test("two are refused also when the first is in state, and the first goes on", async () => {
    const program = stack();
    await program.up({ first: make(0) });
    const errors = await program.failing({ first: make(0), second: make(0) });
    expect(Object.keys(errors)).toEqual(["second"]);
    expect([...program.model.state.keys()]).toEqual(["first"]);
    await program.up({ first: make(0) });
  });

  test("two for two objects are not", async () => {
    const program = stack();
    await program.up({ first: make(0), second: make(1) });
    expect(await program.preview({ first: make(0), second: make(1) })).toEqual({ first: [], second: [] });
  });

  test("one that is renamed, or that takes the place of another, is not", async () => {
    const program = stack();
    await program.up({ "zone-0": make(0) });
    await program.up({ renamed: make(0) });
    await program.up({ renamed: make(1), other: make(0) });
    await program.up({ renamed: make(0), other: make(1) });
    expect([...program.model.state.keys()]).toEqual(["renamed", "other"]);
  });

  test("one that is replaced by force is not, though the engine checks it twice", async () => {
    const program = stack();
    await program.up({ it: make(0) });
    await program.up({ it: make(0) }, { replace: ["it"] });
    await program.up({ it: make(1) });
  });
});

test("what is not known yet is not compared", async () => {
  const zones = { first: { kind: "zoneDnssec", inputs: { zoneId: UNKNOWN } } } as const;
  await stack().preview({ ...zones, second: zones.first });
});

test("one domain by its id and by its name is refused as soon as that is seen, before anything is changed", async () => {
  const { id, name } = domainAt(0);
  const program = stack();
  await program.up({ first: { kind: "hostupDnssecAuto", inputs: { domainId: id } } });
  const { second } = await program.failing({
    first: { kind: "hostupDnssecAuto", inputs: { domainId: id } },
    second: { kind: "hostupDnssecAuto", inputs: { domainName: name, action: "exclude" } },
  });
  expect(second).toContain('the resource "first" of this program');
  expect((await services().state()).domains[id]?.dnssecAuto.isEnabled).toBe(true);
});
