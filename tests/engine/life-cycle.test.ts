import { deployed, oneOfEach, program } from "../support/one-of-each";

test("up makes what the program asks for, and destroy leaves everything as it was, without the program's code", async () => {
  const { stack, control, zones, domains } = await oneOfEach();
  const before = await control.state();
  await stack.up();

  const during = await control.state();
  const outputs = await stack.outputs();
  expect(Object.values(during.tsigs)).toEqual([
    {
      id: outputs.id,
      accountId: control.simulator.accountId,
      name: "cf.example.com.",
      algo: "hmac-sha512.",
      secret: outputs.secret,
    },
  ]);
  expect(Buffer.from(String(outputs.secret), "base64")).toHaveLength(64);
  expect(during.zones[zones[0]]?.dnssec.status).toBe("pending");
  expect(during.domains[domains[0].id]?.dnssecAuto.isEnabled).toBe(true);
  expect(outputs).toMatchObject({ status: "pending", domainId: domains[0].id });

  await stack.write({ "index.js": "throw new Error('not the program any more');" });
  await stack.destroy();
  const after = await control.state();
  expect(after.tsigs).toEqual({});
  expect(after.zones).toEqual(before.zones);
  expect(after.domains[domains[0].id]?.dnssecAuto.status).toBe("excluded");
});

test("an up without changes calls nothing, and a refresh finds nothing", async () => {
  const { stack, control } = await deployed();
  await stack.up("--expect-no-changes");
  expect(await control.requests()).toEqual([]);
  await stack.succeed("preview", "--refresh", "--expect-no-changes");
});

test.each([
  ["active", { dsAtParent: true }],
  ["pending-disabled", { dsAtParent: true, dnssec: { status: "pending-disabled" } }],
])("a zone that the API calls %s draws no change", async (status, change) => {
  const wanted = status === "active" ? "active" : "disabled";
  const { stack, control, zones } = await deployed({ files: { "index.js": zoneProgram(wanted) } });
  await control.patch({ zones: { [zones[0]]: change } });
  await stack.succeed("refresh", "--yes", "--skip-preview");
  const [dnssec] = await stack.resources();
  expect(dnssec?.outputs).toMatchObject({ observedStatus: status, status: wanted });
  await stack.succeed("preview", "--refresh", "--expect-no-changes");
});

test("what can change in place does, in one write each, and the preview shows it", async () => {
  const { stack, control, zones } = await deployed();
  const before = await stack.outputs();
  await stack.set({ keyName: "next.example.com.", nsec3: "true" });

  const preview = await stack.succeed("preview", "--diff");
  expect(preview.output).toMatch(/name\s*: "cf.example.com." => "next.example.com."/);
  expect(preview.output).toMatch(/dnssecUseNsec3\s*: false => true/);
  expect(await control.requests()).toEqual([]);

  await stack.up();
  const state = await control.state();
  expect(Object.values(state.tsigs)).toMatchObject([
    { id: before.id, name: "next.example.com.", secret: before.secret },
  ]);
  expect(state.zones[zones[0]]?.dnssec.dnssec_use_nsec3).toBe(true);
  // The peers that use the key and the zone are looked at before, and nothing is written twice.
  const calls = (await control.requests()).map(({ method }) => method).sort();
  expect(calls).toEqual(["GET", "GET", "GET", "PATCH", "PUT"]);
});

test("another zone and another domain replace the resources, and the first ones are restored", async () => {
  const { stack, control, zones, domains } = await deployed();
  const before = await control.state();
  await stack.set({ zoneId: zones[1], domain: domains[1].name });
  const preview = await stack.succeed("preview");
  expect(preview.output).toMatch(/ZoneDnssec dnssec replace/);
  expect(preview.output).toMatch(/HostupDnssecAuto auto replace/);
  await stack.up();

  const after = await control.state();
  expect(before.zones[zones[0]]?.dnssec.status).toBe("pending");
  expect(after.zones[zones[0]]?.dnssec).toMatchObject({ status: "disabled", modified_on: null });
  expect(after.zones[zones[1]]?.dnssec.status).toBe("pending");
  expect(after.domains[domains[0].id]?.dnssecAuto.status).toBe("excluded");
  expect(after.domains[domains[1].id]?.dnssecAuto.status).toBe("pending");
});

test("another account replaces a TSIG, the new one first", async () => {
  const { stack, control } = await deployed();
  const other = "f".repeat(32);
  await control.patch({ accounts: { [other]: { name: "Other" } } });
  await stack.set({ accountId: other });
  expect((await stack.succeed("preview")).output).toMatch(/Tsig key replace/);
  await stack.up();

  const writes = (await control.requests()).filter(({ method }) => method !== "GET");
  expect(writes.map(({ method }) => method)).toEqual(["POST", "DELETE"]);
  expect(Object.values((await control.state()).tsigs)).toMatchObject([{ accountId: other }]);
});

test.each([
  ["renamed in the program", []],
  ["replaced by force", ["key", "dnssec", "auto"]],
])("resources that are %s leave what they manage as it is", async (_, replaced) => {
  const { stack, control, zones, domains } = await deployed({ config: { nsec3: "true" } });
  const [before] = Object.values((await control.state()).tsigs);
  const urns = (await stack.resources())
    .map(({ urn }) => urn)
    .filter((urn) => replaced.some((name) => urn.endsWith(`::${name}`)));
  if (replaced.length === 0) {
    const renamed = program.replace(/new (\w+)\("(\w+)"/g, 'new $1("$2-renamed"');
    await stack.write({ "index.js": renamed });
  }
  await stack.up(...urns.flatMap((urn) => ["--replace", urn]));

  const state = await control.state();
  expect(state.zones[zones[0]]?.dnssec).toMatchObject({ status: "pending", dnssec_use_nsec3: true });
  expect(state.domains[domains[0].id]?.dnssecAuto.isEnabled).toBe(true);
  const [after, ...others] = Object.values(state.tsigs);
  expect(others).toEqual([]);
  // By force the same resource comes again, and finds its own key; a new name is a new resource.
  expect(after?.id === before?.id).toBe(replaced.length > 0);
  await stack.succeed("preview", "--refresh", "--expect-no-changes");
});

test("what was deleted in a console is made again", async () => {
  const { stack, control } = await deployed();
  const [key] = Object.keys((await control.state()).tsigs);
  await control.patch({ tsigs: { [key ?? ""]: null } });
  expect((await stack.succeed("preview", "--refresh")).output).toMatch(/Tsig key create/);
  await stack.up("--refresh");
  expect(Object.values((await control.state()).tsigs)).toHaveLength(1);
});

test("a program of unknown values previews, and only what is known is checked", async () => {
  const { stack, control } = await oneOfEach({
    files: {
      "index.js": `
const { Tsig, ZoneDnssec } = require("pulumi-secondary-dns");
const config = new (require("@pulumi/pulumi").Config)();
const first = new Tsig("first", { accountId: config.require("accountId"), name: "first.example." });
new Tsig("second", { accountId: config.require("accountId"), name: first.tsigId.apply((id) => id + ".example."), secret: first.secret });
new ZoneDnssec("dnssec", { zoneId: config.require("zoneId"), dnssecUseNsec3: first.tsigId.apply((id) => id.length === 32) });
`,
    },
  });
  const preview = await stack.succeed("preview");
  expect(preview.output).toMatch(/4 to create/);
  expect(await control.requests()).toEqual([]);
  await stack.up();
  const [first, second] = Object.values((await control.state()).tsigs).sort((a, b) =>
    a.name === "first.example." ? -1 : b.name === "first.example." ? 1 : 0,
  );
  expect(second).toMatchObject({ name: `${first?.id}.example.`, secret: first?.secret });
  await stack.succeed("preview", "--refresh", "--expect-no-changes");
});

function zoneProgram(status: string): string {
  return `
const { ZoneDnssec } = require("pulumi-secondary-dns");
const config = new (require("@pulumi/pulumi").Config)();
new ZoneDnssec("dnssec", { zoneId: config.require("zoneId"), status: ${JSON.stringify(status)} });
`;
}
