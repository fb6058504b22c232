import { HAND_WRITTEN } from "../../support/dark-zones/hand-written";
import { startLab } from "../../support/dark-zones/zone-lab";
import { zoneText } from "../../support/dns-zone-text";

test("a zone whose serial is 0, and one whose serial comes round, are transferred without a wait in vain", async () => {
  const lab = await startLab(HAND_WRITTEN.bind);
  const { name } = lab.zone;
  const primary = await lab.primary("none", { text: zoneText(name, 0), notify: undefined });
  const say = (more: object) =>
    lab.say({ primaries: [primary.address], dnssec: { signing: "off" }, ...more });
  await say({});
  expect(await lab.runs("up")).toContain("Cloudflare's serial is 0, the primary's 0");
  await say({ waitForTransfer: 31 });
  await lab.runs("up");

  for (const serial of [2 ** 31 - 1, 2 ** 32 - 2, 3]) {
    await primary.publish(zoneText(name, serial));
    await say({ waitForTransfer: 32 + (serial % 7) });
    expect(await lab.runs("up")).toContain(`Cloudflare's serial is ${serial}, the primary's ${serial}`);
  }
});
