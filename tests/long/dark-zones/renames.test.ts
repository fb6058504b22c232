import { HAND_WRITTEN } from "../../support/dark-zones/hand-written";
import { startLab, type ZoneLab } from "../../support/dark-zones/zone-lab";

const PRESIGNED = { signing: "presigned", nsec3: true };

/** A zone whose key was generated, as the primary has it. */
async function withGeneratedKey(lab: ZoneLab) {
  const { name } = lab.key;
  const tsig = { name: `${name}.` };
  await lab.say({ primaries: [], dnssec: PRESIGNED, tsig });
  await lab.stack.up();
  const [made] = Object.values((await lab.control.state()).tsigs);
  if (made === undefined) throw new Error("no key was made");
  const primary = await lab.primary("nsec3", { keys: [{ ...lab.key, secret: made.secret }] });
  const program = { primaries: [primary.address], dnssec: PRESIGNED, tsig };
  await lab.say(program);
  await lab.runs("up");
  return { program, made };
}

test("a SecondaryZone that is renamed without an alias keeps its transfer, and is itself again when the name is", async () => {
  const lab = await startLab(HAND_WRITTEN.knot);
  const { program, made } = await withGeneratedKey(lab);

  await lab.say(program, "renamed");
  const refused = await lab.refuses("up");
  expect(refused).toContain(`The incoming transfer of ${lab.zone.name} stays as it is`);
  expect(refused).toContain("give it the old name as an alias");
  await lab.refuses("up", "--refresh");
  await lab.expectServed();

  await lab.say(program);
  await lab.runs("up");
  expect(Object.values((await lab.control.state()).tsigs)).toEqual([made]);
});

test("a Tsig that is renamed and adopts its key keeps the secret, with a refresh too", async () => {
  const lab = await startLab(HAND_WRITTEN.bind);
  const { name } = lab.key;
  const key = (resource: string, more = "") =>
    `const tsig = new Tsig("${resource}", { accountId: "${lab.accountId}", name: "${name}."${more} });\n`;
  const zone = (primaries: readonly object[]) =>
    lab.zoneText({ primaries, dnssec: PRESIGNED }, { tsig: "{ existing: tsig }" });
  await lab.sayAll(key("key"));
  await lab.stack.up();
  const [made] = Object.values((await lab.control.state()).tsigs);
  const primary = await lab.primary("nsec3", { keys: [{ ...lab.key, secret: made?.secret ?? "" }] });
  await lab.sayAll(key("key") + zone([primary.address]));
  await lab.runs("up");

  await lab.sayAll(key("renamed", ", adopt: true") + zone([primary.address]));
  await lab.runs("up", "--refresh");
  expect(Object.values((await lab.control.state()).tsigs)).toEqual([made]);
});
