import { HAND_WRITTEN } from "../../support/dark-zones/hand-written";
import { keyCalled, startLab } from "../../support/dark-zones/zone-lab";
import { describeEach } from "../../support/with-each";

jest.setTimeout(600_000);

describeEach(
  [HAND_WRITTEN.bind, HAND_WRITTEN.knot],
  ({ name }) => `with ${name}`,
  (kind) => {
    test("1: README's first program on a zone that was set up by hand and is not signed", async () => {
      const lab = await startLab(kind);
      const byHand = keyCalled("by-hand.example");
      const primary = await lab.primary("none", { keys: [byHand] });
      await lab.setUpByHand(primary.port, byHand);
      await lab.expectServed();

      await lab.say({ dnssec: { signing: "presigned", nsec3: true } });
      await lab.refuses("up");
      await lab.expectServed();
      await lab.refuses("up");
      await lab.say({ primaries: [], dnssec: { signing: "presigned", nsec3: true } });
      await lab.runs("up");
      await lab.say({ primaries: [primary.address], dnssec: { signing: "presigned", nsec3: true } });
      await lab.refuses("up");
      await primary.change({ keys: [lab.key, byHand] });
      await lab.refuses("up");
      await primary.change({ signing: "nsec3" });
      await lab.runs("up");
      await lab.outputs();
    });
  },
);
