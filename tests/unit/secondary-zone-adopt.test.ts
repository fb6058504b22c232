import * as pulumi from "@pulumi/pulumi";
import { SecondaryZone, type SecondaryZoneArgs } from "../../index";
import { childrenOf, useMocks, wholeInputsOf, zoneArgs } from "../support/mocked-program";

const primaries = [{ address: "192.0.2.53" }];
const tsig = { name: "cf.example.com." };
const registrar = { hostup: { domainName: "example.com", dnssec: "ds-records" } } as const;

afterEach(() => jest.restoreAllMocks());

describe("a SecondaryZone that takes over what exists", () => {
  const registered = useMocks();

  const adopts = async (args: Partial<SecondaryZoneArgs>) => {
    const zone = new SecondaryZone("zone", { ...zoneArgs, tsig, primaries, registrar, ...args });
    const children = await childrenOf(zone, registered);
    return Object.fromEntries(children.map(({ name, inputs }) => [name, inputs.adopt]));
  };

  test("hands the switch on to the children that have one", async () => {
    expect(await adopts({ adopt: true })).toEqual({
      "zone-tsig": true,
      "zone-peer-0": true,
      "zone-incoming": undefined,
      "zone-ds": undefined,
      "zone-dnssec": undefined,
      "zone-registrar": undefined,
      "zone-registrar-ds": undefined,
    });
  });

  test("tells the transfer that the zone is served already, which a zone that is new is not", async () => {
    for (const adopt of [true, undefined]) {
      const zone = new SecondaryZone("zone", { ...zoneArgs, tsig, primaries, ...(adopt ? { adopt } : {}) });
      const incoming = (await childrenOf(zone, registered)).findLast(({ name }) => name === "zone-incoming");
      const told = incoming && wholeInputsOf(incoming).__zone;
      if (adopt) expect(told).toMatchObject({ isAdopted: true });
      else expect(told).toBeUndefined();
    }
  });

  test("lets a key and a transform say otherwise", async () => {
    const transform = { peer: () => ({ args: { adopt: false } }) };
    const children = await adopts({ adopt: true, tsig: { ...tsig, adopt: false }, transform });
    expect(children).toMatchObject({ "zone-tsig": false, "zone-peer-0": false });
  });

  test("leaves them alone without it", async () => {
    const children = await adopts({});
    expect(Object.values(children)).toEqual(Array(7).fill(undefined));
  });

  test.each(["yes", 1, {}])("refuses %j as the switch", (adopt) => {
    const make = () => Reflect.construct(SecondaryZone, ["zone", { ...zoneArgs, tsig, adopt }]);
    expect(make).toThrow(/adopt is .*; allowed: true or false/);
  });
});

/** What a preview says; the engine has no id yet of what it is to create. */
async function said(
  args: Partial<SecondaryZoneArgs>,
  { preview = true, inState = [] as readonly string[], isSilent = false } = {},
): Promise<readonly unknown[]> {
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ name, inputs }) => ({ id: inState.includes(name) ? `${name}-id` : "", state: inputs }),
    call: () => ({}),
  };
  await pulumi.runtime.setMocks(mocks, undefined, undefined, preview);
  const info = jest.spyOn(pulumi.log, "info");
  const told = new Promise<void>((resolve) => info.mockImplementation(async () => resolve()));
  const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
  const zone = new SecondaryZone("zone", { ...zoneArgs, tsig, primaries, ...args });
  if (!isSilent) await told;
  // Waits for what is under way.
  await pulumi.runtime.disconnect();
  expect(warn).not.toHaveBeenCalled();
  return info.mock.calls.map(([text, resource]) => (resource === zone ? text : undefined));
}

describe("the preview of a zone that is taken over", () => {
  test("says so of each child that Pulumi calls a create", async () => {
    const [text, ...more] = await said({ adopt: true, registrar });
    expect(text).toContain(
      '"create" takes over here what exists already of example.com: TSIG "cf.example.com.", peer "example.com 192.0.2.53", the incoming transfer, DNSSEC, automatic DNSSEC at HostUp, the DS records at HostUp.',
    );
    expect(more).toEqual([]);
  });

  test("names what is not in state alone", async () => {
    const inState = ["zone-tsig", "zone-peer-0", "zone-dnssec"];
    expect(await said({ adopt: true }, { inState })).toEqual([
      expect.stringContaining("of example.com: the incoming transfer. What already"),
    ]);
  });

  test.each<[title: string, args: Partial<SecondaryZoneArgs>, engine: object]>([
    [
      "when all is in state",
      { adopt: true },
      { inState: ["zone-tsig", "zone-peer-0", "zone-incoming", "zone-dnssec"] },
    ],
    ["without the switch", { tsig: { ...tsig, adopt: true } }, {}],
    ["in the up itself", { adopt: true }, { preview: false }],
  ])("says nothing %s", async (_title, args, engine) => {
    expect(await said(args, { ...engine, isSilent: true })).toEqual([]);
  });
});
