import * as pulumi from "@pulumi/pulumi";
import { SecondaryZone, type SecondaryZoneArgs } from "../../index";
import { zoneArgs } from "../support/mocked-program";

const primaries = [{ address: "192.0.2.53" }];
const name = "cf.example.com.";
const secret = Buffer.alloc(64, 1).toString("base64");

afterEach(() => jest.restoreAllMocks());

/** What is warned of; the engine has no id yet of what a preview is to create. */
async function warnings(
  args: Partial<SecondaryZoneArgs>,
  { preview = true, isInState = false } = {},
): Promise<readonly unknown[]> {
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ name, inputs }) => ({ id: isInState ? `${name}-id` : "", state: inputs }),
    call: () => ({}),
  };
  await pulumi.runtime.setMocks(mocks, undefined, undefined, preview);
  const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
  const zone = new SecondaryZone("zone", { ...zoneArgs, tsig: { name }, primaries, ...args });
  // Waits for what is under way.
  await pulumi.runtime.disconnect();
  return warn.mock.calls.map(([text, resource]) => (resource === zone ? text : undefined));
}

test("a preview says that the zone's primaries do not have a key that is to be made, and what a rename needs", async () => {
  const [text, ...more] = await warnings({});
  expect(text).toContain(`The key "${name}" will be created`);
  expect(text).toContain("Next: if the zone was renamed in the program, give it aliases");
  expect(more).toEqual([]);
});

test("of several keys the active one counts", async () => {
  const keys = [{ name, secret }, { name: "new.example.com." }];
  expect(await warnings({ tsig: { keys, active: name } })).toEqual([]);
  expect(await warnings({ tsig: { keys, active: "NEW.example.com" } })).toHaveLength(1);
});

test.each<[title: string, args: Partial<SecondaryZoneArgs>, engine: object]>([
  ["of a key that the state has", {}, { isInState: true }],
  ["of one whose secret is given", { tsig: { name, secret } }, {}],
  ["of one that is to be taken over", { tsig: { name, adopt: true } }, {}],
  ["before there are primaries", { primaries: [] }, {}],
  ["in the up itself, where it is too late", {}, { preview: false }],
])("nothing is said %s", async (_title, args, engine) => {
  expect(await warnings(args, engine)).toEqual([]);
});
