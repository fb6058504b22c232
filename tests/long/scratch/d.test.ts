import { HAND_WRITTEN } from "../../support/dark-zones/hand-written";
import { startLab } from "../../support/dark-zones/zone-lab";
jest.setTimeout(900_000);

test("7 8 9 10", async () => {
  const lab = await startLab(HAND_WRITTEN.bind);
  const primary = await lab.primary("nsec3");
  const primaries = [primary.address];
  const dnssec = { signing: "presigned", nsec3: true };
  const other = lab.control.simulator.zones[1];
  const loose = (what: string, ...args: string[]) => lab.stack.pulumi(...args, "--yes", "--skip-preview").then(({ output, code }) => lab.note([what, String(code)], output));
  await lab.say({ primaries, dnssec, zoneId: other?.id });
  await lab.refuses("up");
  await lab.say({ primaries, dnssec });
  await lab.runs("up");
  await lab.say({ primaries, dnssec, zoneId: other?.id });
  await lab.refuses("up");
  await lab.refuses("up", "--refresh");
  await lab.say({ primaries, dnssec, zoneName: "zone-0000.exmple", tsig: { name: "cf.zone-0000.exmple.", secret: lab.key.secret } });
  await lab.refuses("up");
  await lab.say({ primaries, dnssec, zoneName: "zone-0000.exmple" });
  await lab.refuses("up");
  await lab.say({ primaries, dnssec });
  await lab.runs("up");
  // 9, own secret
  await lab.say({ primaries, dnssec }, "renamed");
  await loose("9 given secret", "up");
  await lab.expectServed();
  await loose("9 given secret again", "up");
  await lab.expectServed();
});

test("9 generated", async () => {
  const lab = await startLab(HAND_WRITTEN.bind);
  const { name } = lab.key;
  const dnssec = { signing: "presigned", nsec3: true };
  const loose = (what: string, ...args: string[]) => lab.stack.pulumi(...args, "--yes", "--skip-preview").then(({ output, code }) => lab.note([what, String(code)], output));
  await lab.say({ primaries: [], dnssec, tsig: { name: `${name}.` } });
  await loose("key", "up");
  const [tsig] = Object.values((await lab.control.state()).tsigs);
  const primary = await lab.primary("nsec3", { keys: [{ name, algorithm: "hmac-sha512", secret: tsig?.secret ?? "" }] });
  const primaries = [primary.address];
  await lab.say({ primaries, dnssec, tsig: { name: `${name}.` } });
  await lab.runs("up");
  await lab.say({ primaries, dnssec, tsig: { name: `${name}.` } }, "renamed");
  await lab.refuses("up");
  await lab.refuses("up", "--refresh");
  await lab.say({ primaries, dnssec, tsig: { name: `${name}.` } });
  await lab.runs("up");
  lab.note(["state"], JSON.stringify((await lab.control.state()).tsigs));
  await lab.say({ primaries, dnssec, tsig: { name: `${name}.`, adopt: true } }, "renamed");
  await loose("adopt", "up");
  await lab.expectServed();
  await loose("adopt --refresh", "up", "--refresh");
  await lab.expectServed();
  lab.note(["state"], JSON.stringify((await lab.control.state()).tsigs));
});
