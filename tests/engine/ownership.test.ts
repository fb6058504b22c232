import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startControl } from "../support/one-of-each";
import { createStack, credentials } from "../support/stack";

const program = (key: string, more = "") => `
const { Tsig, ZoneDnssec } = require("pulumi-secondary-dns");
const { accountId, zone } = JSON.parse(process.env.TEST_TARGETS);
new Tsig("${key}", { accountId, name: "cf.example.", adopt: true });
new ZoneDnssec("dnssec", { zoneId: zone.id });
${more}`;

async function started() {
  const control = await startControl();
  const { accountId, zones } = control.simulator;
  const stack = await createStack({
    files: { "index.js": program("key") },
    env: { ...credentials(control.simulator), TEST_TARGETS: JSON.stringify({ accountId, zone: zones[0] }) },
  });
  await stack.up();
  return { control, stack };
}

test("what a resource is called in the program is in no state, and a second one for its zone is refused at preview", async () => {
  const { control, stack } = await started();
  for (const { inputs, outputs } of await stack.resources())
    expect(Object.keys({ ...inputs, ...outputs })).not.toContain("__resource");
  await control.forgetRequests();
  await stack.write({ "index.js": program("key", 'new ZoneDnssec("copy", { zoneId: zone.id });') });
  const { code, output } = await stack.pulumi("preview");
  expect(code).not.toBe(0);
  // The engine asks about the two in either order.
  expect(output).toMatch(/zoneId is that of the resource "(dnssec|copy)" of this program/);
  expect(await control.requests()).toEqual([]);
});

test.each([
  ["up --refresh", {}, ["--refresh"]],
  ["options: refresh: always", { options: { refresh: "always" } }, []],
])(
  "a key that is adopted stays the same when its resource is renamed, with %s",
  async (_title, more, flags) => {
    const { control, stack } = await started();
    const before = (await control.state()).tsigs;
    const project: object = JSON.parse(readFileSync(join(stack.folder, "Pulumi.yaml"), "utf8"));
    await stack.write({
      "Pulumi.yaml": JSON.stringify({ ...project, ...more }),
      "index.js": program("renamed"),
    });
    await stack.up(...flags);
    expect((await control.state()).tsigs).toEqual(before);
    expect((await stack.resources()).map(({ urn }) => urn.split("::").at(-1)).sort()).toEqual([
      "dnssec",
      "renamed",
    ]);
  },
);
