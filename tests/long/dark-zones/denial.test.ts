import { HAND_WRITTEN } from "../../support/dark-zones/hand-written";
import { startLab } from "../../support/dark-zones/zone-lab";
import { describeEach } from "../../support/with-each";

describeEach(
  [HAND_WRITTEN.bind, HAND_WRITTEN.knot],
  ({ name }) => `with ${name}`,
  (kind) => {
    test("a presigned zone changes its kind of denial when the primary has, and not when the program alone says so", async () => {
      const lab = await startLab(kind);
      const primary = await lab.primary("nsec3", { notify: undefined });
      const say = (nsec3: boolean, more = {}) =>
        lab.say({ primaries: [primary.address], dnssec: { signing: "presigned", nsec3 }, ...more });
      await say(true);
      await lab.runs("up");
      await lab.publishDs(await lab.ds());
      await lab.expectServed();

      await say(false);
      const early = await lab.refuses("up");
      expect(early).toContain("with NSEC3 (0 iterations, no salt), and the program says NSEC");
      await lab.refuses("up", "--refresh");

      // The primary changes, and what asks it for a transfer brings nothing that would be refused.
      await primary.change({ signing: "nsec" });
      await say(true, { waitForTransfer: 31 });
      expect(await lab.refuses("up")).toContain(`No transfer of ${lab.zone.name} is forced`);
      await lab.expectServed();

      await say(false);
      await lab.runs("up");

      await primary.change({ signing: "none" });
      await say(false, { waitForTransfer: 32 });
      const unsigned = await lab.refuses("up");
      expect(unsigned).toContain(`serves ${lab.zone.name} unsigned`);
      // One thing to do, and it is neither to take the DS out nor to open a firewall.
      expect(unsigned).not.toMatch(/firewall|addresses/);
      expect(unsigned.match(/Next:?/g)).toEqual(["Next:"]);
      await lab.expectServed();
    });
  },
);
