import { cp } from "node:fs/promises";
import { join } from "node:path";
import { startControl } from "../support/one-of-each";
import { createStack, credentials, engineRoot, type Stack } from "../support/stack";

async function example(
  name: string,
  env: Record<string, string>,
  config: Record<string, string>,
): Promise<Stack> {
  const folder = join(engineRoot(), "projects", name);
  await cp(join("examples", name), folder, { recursive: true });
  return createStack({ folder, env, config });
}

test("secondary-zone makes the key, and leaves DNSSEC alone until there is a primary", async () => {
  const control = await startControl();
  const { simulator } = control;
  const [zone] = simulator.zones;
  const stack = await example("secondary-zone", credentials(simulator), {
    accountId: simulator.accountId,
    zoneId: zone?.id ?? "",
    zoneName: zone?.name ?? "",
  });
  await stack.up();
  await stack.succeed("preview", "--refresh", "--expect-no-changes");
  expect(await stack.outputs()).toMatchObject({ tsigName: `cf.${zone?.name}.`, dnssecStatus: "disabled" });
  expect((await control.state()).zones[zone?.id ?? ""]?.dnssec).toMatchObject({
    dnssec_presigned: false,
    dnssec_use_nsec3: false,
  });
  await stack.destroy();

  const writes = (await control.requests()).filter(({ method }) => method !== "GET");
  expect(writes.map(({ method, path }) => `${method} ${path.includes("tsigs") ? "tsig" : "dnssec"}`)).toEqual(
    ["POST tsig", "DELETE tsig"],
  );
});

test("many-zones shares one key among zones, each signed in its own way", async () => {
  const control = await startControl();
  const { simulator } = control;
  const zones = simulator.zones.flatMap(({ id, name }, index) => [
    [`zones[${index}].id`, id],
    [`zones[${index}].name`, name],
    [`zones[${index}].signing`, ["presigned", "live", "multi-signer"][index]],
    [`zones[${index}].hostup`, simulator.domains[index]?.name],
  ]);
  const stack = await example("many-zones", credentials(simulator), {
    accountId: simulator.accountId,
    ...Object.fromEntries(zones),
  });
  await stack.up();
  await stack.succeed("preview", "--refresh", "--expect-no-changes");
  expect(Object.values((await control.state()).tsigs)).toHaveLength(1);
  const { status, primary } = await stack.outputs();
  expect(status).toEqual(
    // The first is presigned, and has no primary yet.
    Object.fromEntries(
      simulator.zones.map(({ name }, index) => [name, index === 0 ? "disabled" : "pending"]),
    ),
  );
  for (const { name } of simulator.zones)
    expect(primary).toHaveProperty("bind", expect.stringContaining(name));
  await stack.destroy();
  expect((await control.state()).tsigs).toEqual({});
});

test("ds-at-hostup publishes a DS without the automation, rolls it with the new one first, and withdraws it", async () => {
  const control = await startControl();
  const { simulator } = control;
  const [domain] = simulator.domains;
  const ds = (keyTag: number) => ({
    "ds[0].keyTag": String(keyTag),
    "ds[0].algorithm": "13",
    "ds[0].digestType": "2",
    "ds[0].digest": "5a".repeat(32),
  });
  const published = async () =>
    Object.values((await control.state()).domains[domain?.id ?? ""]?.dsRecords ?? {}).map(({ ds }) => ds);
  const stack = await example("ds-at-hostup", credentials(simulator), {
    domainName: domain?.name ?? "",
    ...ds(60_485),
  });
  await stack.up();
  await stack.succeed("preview", "--refresh", "--expect-no-changes");
  expect((await stack.outputs()).ids).toEqual([`${domain?.id}/60485-13-2-${"5A".repeat(32)}`]);
  expect(await published()).toEqual([`60485 13 2 ${"5A".repeat(32)}`]);

  await stack.set(ds(2_371));
  await stack.up();
  expect(await published()).toEqual([`2371 13 2 ${"5A".repeat(32)}`]);
  await stack.destroy();
  expect(await published()).toEqual([]);

  const writes = (await control.requests()).filter(({ method }) => method !== "GET");
  expect(writes.map(({ method }) => method)).toEqual(["POST", "POST", "DELETE", "DELETE"]);
});
