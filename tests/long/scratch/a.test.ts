import { HAND_WRITTEN } from "../../support/dark-zones/hand-written";
import { keyCalled, startLab } from "../../support/dark-zones/zone-lab";

jest.setTimeout(600_000);

test("2 11 3", async () => {
  const lab = await startLab(HAND_WRITTEN.bind);
  const primary = await lab.primary("none", { notify: undefined });
  const primaries = [primary.address];
  await lab.say({ primaries, dnssec: { signing: "off" } });
  await lab.runs("up");
  await lab.say({ primaries, dnssec: { signing: "presigned", ds: false } });
  await lab.refuses("up");
  await lab.refuses("up", "--refresh");
  await primary.change({ signing: "nsec3" });
  await lab.refuses("up");
  await lab.say({ primaries, dnssec: { signing: "presigned", nsec3: true } });
  await lab.runs("up");
  const { ds } = await lab.outputs();
  await lab.publishDs([String(ds).split(" IN DS ")[1] ?? ""]);
  await lab.expectServed();
  await lab.runs("up", "--refresh");
  // 3
  await lab.say({ primaries, dnssec: { signing: "presigned", nsec3: false } });
  await lab.refuses("up");
  await lab.refuses("up", "--refresh");
  await primary.change({ signing: "nsec", notify: lab.dns });
  await lab.say({ primaries, dnssec: { signing: "presigned", nsec3: true } });
  await lab.stack
    .pulumi("up", "--yes", "--skip-preview", "--refresh")
    .then(({ output }) => lab.note(["up refresh, primary has nsec"], output));
  await lab.say({ primaries, dnssec: { signing: "presigned", nsec3: false } });
  await lab.runs("up");
  await lab.refuses("destroy");
});
