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

test("secondary-zone makes the key before the zone is presigned, and takes them down in reverse", async () => {
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
  expect(await stack.outputs()).toMatchObject({ tsigName: `cf.${zone?.name}.`, dnssecStatus: "pending" });
  expect((await control.state()).zones[zone?.id ?? ""]?.dnssec).toMatchObject({
    dnssec_presigned: true,
    dnssec_use_nsec3: true,
  });
  await stack.destroy();

  const writes = (await control.requests()).filter(({ method }) => method !== "GET");
  expect(writes.map(({ method, path }) => `${method} ${path.includes("tsigs") ? "tsig" : "dnssec"}`)).toEqual(
    ["POST tsig", "PATCH dnssec", "PATCH dnssec", "DELETE dnssec", "DELETE tsig"],
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
  expect((await stack.outputs()).status).toEqual(
    Object.fromEntries(simulator.zones.map(({ name }) => [name, "pending"])),
  );
  await stack.destroy();
  expect((await control.state()).tsigs).toEqual({});
});
