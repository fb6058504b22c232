import { HAND_WRITTEN } from "../../support/dark-zones/hand-written";
import { startLab } from "../../support/dark-zones/zone-lab";

const PRESIGNED = { signing: "presigned", nsec3: true };

test("a typing error in a zone's id or name changes nothing, neither at first nor later", async () => {
  const lab = await startLab(HAND_WRITTEN.bind);
  const primary = await lab.primary("nsec3");
  const program = { primaries: [primary.address], dnssec: PRESIGNED };
  const [, other] = lab.control.simulator.zones;
  const misled = `zone ${other?.id} is ${other?.name}, and the program calls it ${lab.zone.name}`;

  await lab.say({ ...program, zoneId: other?.id });
  expect(await lab.changesNothing("up")).toContain(
    `Nothing is changed: ${misled}.\n    Next: correct zoneId or zoneName.`,
  );
  expect((await lab.control.state()).tsigs).toEqual({});

  await lab.say(program);
  await lab.runs("up");
  await lab.publishDs(await lab.ds());
  await lab.expectServed();

  await lab.say({ ...program, zoneId: other?.id });
  expect(await lab.refuses("up")).toContain(misled);

  const zoneName = lab.zone.name.replace("example", "exmple");
  await lab.say({ ...program, zoneName, tsig: { name: `cf.${zoneName}.`, secret: lab.key.secret } });
  expect(await lab.refuses("up", "--refresh")).toContain(
    `zone ${lab.zone.id} is ${lab.zone.name}, and the program calls it ${zoneName}`,
  );

  await lab.say(program);
  await lab.runs("up");
});
