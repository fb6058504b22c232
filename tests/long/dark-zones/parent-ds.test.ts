import { HAND_WRITTEN } from "../../support/dark-zones/hand-written";
import { startLab } from "../../support/dark-zones/zone-lab";

test("no other signer takes over while the parent has a DS, and the way back from one that was forced is open", async () => {
  const lab = await startLab(HAND_WRITTEN.knot);
  const primary = await lab.primary("nsec");
  const say = (signing: string) => lab.say({ primaries: [primary.address], dnssec: { signing } });
  await say("presigned");
  await lab.runs("up");
  const ds = await lab.ds();
  await lab.publishDs(ds);
  await lab.expectServed();

  for (const signing of ["live", "off", "multi-signer"]) {
    await say(signing);
    const refused = await lab.refuses("up");
    expect(refused).toContain(`${lab.zone.name}. 3600 IN DS ${ds[0]}`);
    expect(refused).toContain("1. remove the DS at the registrar");
    await lab.expectServed();
  }
  const destroyed = await lab.refuses("destroy");
  expect(destroyed).toContain(`DNSSEC of ${lab.zone.name} stays as it is`);
  await lab.expectServed();

  await say("live");
  expect(await lab.forces("up")).toContain(`Forced for ${lab.zone.name} by SECONDARY_DNS_FORCE.`);
  await say("off");
  await lab.changesNothing("up");
  await say("presigned");
  await lab.runs("up");
});

test("a DS that has just gone is waited for, and then DNSSEC is turned off", async () => {
  const lab = await startLab(HAND_WRITTEN.bind);
  const primary = await lab.primary("nsec", { keyTtl: 3 });
  const say = (signing: string) => lab.say({ primaries: [primary.address], dnssec: { signing } });
  await say("presigned");
  await lab.runs("up");
  const ds = await lab.ds();
  await lab.publishDs(ds, 20);
  await say("off");
  await lab.refuses("up");
  const began = Date.now();
  await lab.publishDs([]);
  await lab.runs("up");
  expect(Date.now() - began).toBeGreaterThan(20_000);
  expect((await lab.zoneState()).dnssec).toMatchObject({ status: "disabled", dnssec_presigned: false });
});

test("the DS of a multi-signer zone is that of both signers, and it validates by them", async () => {
  const lab = await startLab(HAND_WRITTEN.bind);
  const primary = await lab.primary("nsec");
  await lab.say({ primaries: [primary.address], dnssec: { signing: "multi-signer" } });
  await lab.runs("up");
  const ds = await lab.ds();
  expect(ds).toHaveLength(2);
  await lab.publishDs(ds);
  await lab.expectServed();
  const { primaryConfig, ds: whole } = await lab.stack.outputs();
  expect(primaryConfig).toMatchObject({ bind: expect.stringContaining("dnssec-policy") });

  await lab.say({ primaries: [primary.address], dnssec: { signing: "presigned" } });
  expect(await lab.refuses("up")).toContain("resolvers that use it may not validate what would be served");
  // Whoever publishes the DS that the stack gives must not take out Cloudflare's.
  expect([undefined, whole]).toContain((await lab.stack.outputs()).ds);
});
