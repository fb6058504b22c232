import { HAND_WRITTEN } from "../../support/dark-zones/hand-written";
import { keyCalled, startLab } from "../../support/dark-zones/zone-lab";
import { describeEach } from "../../support/with-each";

const PRESIGNED = { signing: "presigned", nsec3: true };

describeEach(
  [HAND_WRITTEN.bind, HAND_WRITTEN.knot],
  ({ name }) => `with ${name}`,
  (kind) => {
    test("a zone that was set up by hand, and is not signed, is served at each step to a presigned one", async () => {
      const lab = await startLab(kind);
      const byHand = keyCalled("by-hand.example");
      const primary = await lab.primary("none", { keys: [byHand] });
      await lab.setUpByHand(primary.port, byHand);
      const { dnssec, incoming } = await lab.zoneState();

      // README's first program.
      await lab.say({ dnssec: PRESIGNED });
      await lab.runs("up");
      expect(await lab.zoneState()).toMatchObject({ dnssec, incoming });

      const withPrimaries = { primaries: [primary.address], dnssec: { ...PRESIGNED, ds: false } };
      await lab.say(withPrimaries);
      const unknown = await lab.refuses("up");
      expect(unknown).toContain(`it does not know the key "cf.${lab.zone.name}."`);

      await primary.change({ keys: [lab.key, byHand] });
      const unsigned = await lab.fails("up");
      expect(unsigned).toContain(`serves ${lab.zone.name} unsigned (no DNSKEY)`);
      expect((await lab.zoneState()).dnssec).toEqual(dnssec);

      await primary.change({ signing: "nsec3" });
      await lab.runs("up");
      expect((await lab.zoneState()).dnssec).toMatchObject({
        dnssec_presigned: true,
        dnssec_use_nsec3: true,
      });

      await lab.say({ ...withPrimaries, dnssec: PRESIGNED });
      await lab.runs("up");
      await lab.publishDs(await lab.ds());
      await lab.expectServed();
    });

    test("a primary that begins to sign, and tells nobody, is transferred from before its zone is served presigned", async () => {
      const lab = await startLab(kind);
      const primary = await lab.primary("none", { notify: undefined });
      const primaries = [primary.address];
      await lab.say({ primaries, dnssec: { signing: "off" } });
      await lab.runs("up");

      await lab.say({ primaries, dnssec: { ...PRESIGNED, ds: false } });
      const unsigned = await lab.refuses("up");
      expect(unsigned).toContain("Cloudflare would answer REFUSED for a presigned zone without signatures");
      expect(unsigned).toContain(
        "Next: sign the zone there, as npx pulumi-secondary-dns primary-config shows",
      );
      await lab.refuses("up", "--refresh");

      await primary.change({ signing: "nsec" });
      const otherDenial = await lab.refuses("up");
      expect(otherDenial).toContain(`signs ${lab.zone.name} with NSEC, and the program says NSEC3`);

      await lab.say({ primaries, dnssec: { signing: "presigned" } });
      await lab.runs("up");
      await lab.publishDs(await lab.ds());
      await lab.expectServed();
      await lab.stack.succeed("preview", "--refresh", "--expect-no-changes");
    });
  },
);

test("a zone whose DS is asked for, and whose primary does not sign, stays as it is", async () => {
  const lab = await startLab(HAND_WRITTEN.bind);
  const primary = await lab.primary("none");
  await lab.say({ primaries: [primary.address], dnssec: { signing: "off" } });
  await lab.runs("up");
  await lab.say({ primaries: [primary.address], dnssec: PRESIGNED });
  expect(await lab.refuses("up")).toContain("no key-signing key signs the zone's keys");
  await lab.expectServed();
});
