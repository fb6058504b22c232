import { transferAcl } from "../../provider/runtime";
import { startSimulator } from "../../simulator";
import { OPCODE, RCODE, TYPE } from "../../simulator/dns/codes";
import { rcodeOf } from "../../simulator/dns/message";
import { type Control, controlOf } from "../support/control";
import { ask } from "../support/dns-client";
import { type Bag, handlerOf, Managed, simulatorConfig } from "../support/handlers";
import { accepts, checkOf, FLAG, ID, refusesValues } from "../support/input-tables";
import { callsDuring, messageOf } from "../support/outcome";

const RANGE =
  "a range in CIDR notation, at most a /24 of IPv4 or a /64 of IPv6, such as 192.0.2.53/32 or 2001:db8::/64";
const NAME = "a text of 1 to 255 characters";
const LEFT = "e".repeat(32);
const PEER = "f".repeat(32);

let control: Control;
let resource: Managed;
let program: Bag;

beforeEach(async () => {
  control = controlOf(await startSimulator({ transferTimeoutMs: 50 }));
  resource = new Managed(transferAcl, simulatorConfig(control.simulator));
  program = { accountId: control.simulator.accountId, name: "notifiers", ipRange: "192.0.2.53/32" };
});

afterEach(() => control.simulator.close());

async function only() {
  const [first, ...others] = Object.values((await control.state()).acls);
  if (first === undefined || others.length > 0) throw new Error("the account should have one ACL");
  return first;
}

const leave = (...ids: string[]) => {
  const { accountId, name, ipRange: ip_range } = program;
  return control.patch({ acls: Object.fromEntries(ids.map((id) => [id, { accountId, name, ip_range }])) });
};

test("an ACL is made by one call, and nothing is left to do", async () => {
  const [, calls] = await callsDuring(control, () => resource.up(program));
  expect(calls.map((call) => call.split(" ")[0])).toEqual(["GET", "POST"]);
  expect(await only()).toMatchObject({ name: "notifiers", ip_range: "192.0.2.53/32" });
  expect(resource.state.outputs).toMatchObject({ aclId: (await only()).id });
  await resource.refresh();
  expect(await resource.preview(program)).toEqual([]);
});

test("an ACL changes in place and is deleted; one that is gone already is no error", async () => {
  await resource.up(program);
  const { id } = await only();
  expect(await resource.up({ ...program, ipRange: "2001:db8::/64" })).toBe("updated");
  expect(await only()).toMatchObject({ id, ip_range: "2001:db8::/64" });
  await control.patch({ acls: { [id]: null } });
  await resource.destroy();
  expect((await control.state()).acls).toEqual({});
});

test.each([
  ["name", { name: "other" }],
  ["ipRange", { ip_range: "192.0.2.0/24" }],
])("a change of %s in a console shows as drift and is put back", async (input, change) => {
  await resource.up(program);
  const before = await only();
  await control.patch({ acls: { [before.id]: change } });
  await resource.refresh();
  expect(await resource.preview(program)).toEqual([input]);
  await resource.up(program);
  expect(await only()).toEqual(before);
});

test("one that was deleted in a console is made again", async () => {
  await resource.up(program);
  await control.patch({ acls: { [(await only()).id]: null } });
  await resource.refresh();
  expect(resource.saved).toBeUndefined();
  await resource.up(program);
  expect(await only()).toMatchObject({ ip_range: "192.0.2.53/32" });
});

test("a range that the service shows in another form is no drift", async () => {
  await resource.up({ ...program, ipRange: "2001:db8::/64" });
  await control.patch({ acls: { [(await only()).id]: { ip_range: "2001:DB8:0:0::7/64" } } });
  await resource.refresh();
  expect(await resource.preview({ ...program, ipRange: "2001:db8::/64" })).toEqual([]);
});

test("a lost response makes one ACL, not two", async () => {
  await control.fault({ method: "POST", fault: { kind: "lost-answer" } });
  await resource.up(program);
  expect(await only()).toMatchObject({ ip_range: "192.0.2.53/32" });
});

test("a response with another range than was sent is no success", async () => {
  const other = { id: LEFT, name: "notifiers", ip_range: "0.0.0.0/24" };
  const body = { success: true, errors: [], messages: [], result: other };
  await control.fault({ method: "POST", fault: { kind: "status", status: 200, body } });
  expect(await messageOf(resource.up(program))).toContain(
    'ip_range is "0.0.0.0/24" where "192.0.2.53/32" was sent',
  );
});

test("without its permission the error names it", async () => {
  const body = {
    success: false,
    errors: [{ code: 10000, message: "Authentication error" }],
    messages: [],
    result: null,
  };
  await control.fault({ method: "POST", fault: { kind: "status", status: 403, body } });
  expect(await messageOf(resource.up(program))).toContain('the permission "Account Settings Write"');
});

test("a replacement in the same account is made beside the ACL that it replaces", async () => {
  await resource.up(program);
  const { id } = await handlerOf(transferAcl).create(await resource.check(program));
  expect(id).not.toBe(resource.state.id);
});

test("a NOTIFY from its addresses is heard, and after destroy no longer", async () => {
  const { accountId, dns, zones } = control.simulator;
  const [zone] = zones;
  if (zone === undefined) throw new Error("the simulator has a zone");
  const peer = { accountId, name: "ns0", ip: "192.0.2.1", port: 53 };
  const times = { created_time: "2026-01-01T00:00:00Z", modified_time: "2026-01-01T00:00:00Z" };
  const incoming = { name: zone.name, peers: [PEER], auto_refresh_seconds: 86_400, ...times };
  await control.patch({ peers: { [PEER]: peer }, zones: { [zone.id]: { incoming } } });
  const notified = async () =>
    rcodeOf(await ask(Number(dns.split(":")[1]), zone.name, TYPE.SOA, { opcode: OPCODE.NOTIFY }));

  expect(await notified()).toBe(RCODE.REFUSED);
  await resource.up({ ...program, ipRange: "127.0.0.0/24" });
  expect(await notified()).toBe(RCODE.NOERROR);
  await resource.destroy();
  expect(await notified()).toBe(RCODE.REFUSED);
});

describe("beside an ACL of this name and range, as a killed run may have left it,", () => {
  test("a create is refused with its id and what to do, and makes nothing", async () => {
    await leave(LEFT);
    const message = await messageOf(resource.up(program));
    expect(message).toContain(`Did not create ACL "notifiers" in account ${program.accountId}`);
    expect(message).toContain(LEFT);
    expect(message).toContain("set adopt to true to take it over");
    expect(await only()).toMatchObject({ id: LEFT });
  });

  test("adopt takes it over without a write, and destroy deletes it", async () => {
    await leave(LEFT);
    const [, calls] = await callsDuring(control, () => resource.up({ ...program, adopt: true }));
    expect(calls.map((call) => call.split(" ")[0])).toEqual(["GET"]);
    expect(resource.state.outputs).toMatchObject({ aclId: LEFT });
    await resource.destroy();
    expect((await control.state()).acls).toEqual({});
  });

  test("adopt does not choose between two of them", async () => {
    await leave(LEFT, PEER);
    expect(await messageOf(resource.up({ ...program, adopt: true }))).toContain("there are 2 of that name");
  });

  test("one of another range is made beside it, adopt or not", async () => {
    await leave(LEFT);
    await resource.up({ ...program, ipRange: "192.0.2.99/32", adopt: true });
    expect(Object.keys((await control.state()).acls)).toHaveLength(2);
  });
});

describe("inputs", () => {
  const check = checkOf(transferAcl);
  const beside = { accountId: ID, name: "notifiers", ipRange: "192.0.2.53/32" };
  const checked = { ...beside, adopt: false };

  accepts(check, [
    ["have a default for adopt alone", beside, checked],
    ["have no host bits", { ...beside, ipRange: "192.0.2.53/24" }, { ...checked, ipRange: "192.0.2.0/24" }],
    [
      "have the short form of IPv6",
      { ...beside, ipRange: "::1:0/128" },
      { ...checked, ipRange: "::1:0/128" },
    ],
  ]);
  refusesValues({ check, beside, property: "ipRange", allowed: RANGE }, [
    ["an address", "192.0.2.53", '"192.0.2.53"'],
    ["a wide range", "192.0.0.0/16", '"192.0.0.0/16"'],
    ["a name", "ns0.example.com", '"ns0.example.com"'],
    ["a number", 24, "24"],
  ]);
  refusesValues({ check, beside, property: "name", allowed: NAME }, [["an empty name", "", '""']]);
  refusesValues({ check, beside, property: "adopt", allowed: FLAG }, [["adopt as text", "yes", '"yes"']]);
});
