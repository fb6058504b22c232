import { HAND_WRITTEN } from "../../support/dark-zones/hand-written";
import { startLab } from "../../support/dark-zones/zone-lab";
jest.setTimeout(900_000);

test("4 5", async () => {
  const lab = await startLab(HAND_WRITTEN.knot);
  const primary = await lab.primary("nsec");
  const primaries = [primary.address];
  const say = (dnssec: object) => lab.say({ primaries, dnssec });
  await say({ signing: "presigned" });
  await lab.runs("up");
  const ds = async () => String((await lab.outputs()).ds).split("\n").map((line) => line.split(" IN DS ")[1] ?? "");
  const own = await ds();
  await lab.publishDs(own);
  await lab.expectServed();
  await say({ signing: "live" });
  await lab.refuses("up");
  await say({ signing: "off" });
  await lab.refuses("up");
  await say({ signing: "multi-signer" });
  await lab.refuses("up");
  await lab.refuses("destroy");
  await say({ signing: "live" });
  await lab.forces("up");
  await say({ signing: "presigned" });
  await lab.stack.pulumi("up", "--yes", "--skip-preview").then(({output}) => lab.note(["back after force"], output));
  await lab.stack.pulumi("up", "--yes", "--skip-preview", "--refresh").then(({output}) => lab.note(["back after force, refresh"], output));
  // DS out, wait
  await lab.publishDs([], 3);
  await say({ signing: "live" });
  await lab.stack.pulumi("up", "--yes", "--skip-preview").then(({output}) => lab.note(["live, ds gone"], output));
});
