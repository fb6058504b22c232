import { HAND_WRITTEN } from "../../support/dark-zones/hand-written";
import { keyCalled, startLab } from "../../support/dark-zones/zone-lab";
import { describeEach } from "../../support/with-each";

const NOWHERE = { address: "127.0.0.1", port: 9 };

describeEach(
  [HAND_WRITTEN.bind, HAND_WRITTEN.knot],
  ({ name }) => `with ${name}`,
  (kind) => {
    test("a key and an address are changed where the primary takes them, and not before", async () => {
      const lab = await startLab(kind);
      const [primary, stranger, unsigned] = [
        await lab.primary("nsec3"),
        await lab.primary("nsec3", { keys: [keyCalled("other.example")] }),
        await lab.primary("none"),
      ];
      const { name, secret } = lab.key;
      const say = (tsig: object, where = primary.address) =>
        lab.say({
          primaries: [where],
          tsig: { name: `${name}.`, secret, ...tsig },
          dnssec: { signing: "presigned", nsec3: true },
        });
      await say({});
      await lab.runs("up");
      await lab.publishDs(await lab.ds());

      const next = keyCalled(name);
      await say({ secret: next.secret });
      const otherSecret = await lab.refuses("up", "--refresh");
      expect(otherSecret).toContain(
        `TSIG "${name}." stays as it is, at Cloudflare and in the state: with the new secret of "${name}." its transfers would fail.`,
      );
      expect(otherSecret).toContain("it has another secret for the key");
      expect(otherSecret).not.toContain(next.secret);
      await say({ algo: "hmac-sha256." });
      expect(await lab.refuses("up")).toContain(`it does not know the key "${name}." with hmac-sha256`);
      await say({ name: "new.example." });
      expect(await lab.refuses("up")).toContain('it does not know the key "new.example."');
      await say({}, NOWHERE);
      expect(await lab.refuses("up")).toContain("nothing listens there (ECONNREFUSED)");
      await say({}, stranger.address);
      expect(await lab.refuses("up")).toContain(
        `with 127.0.0.1 port ${stranger.port} its transfers would fail`,
      );
      await say({}, unsigned.address);
      expect(await lab.refuses("up")).toContain(`port ${unsigned.port}) serves ${lab.zone.name} unsigned`);
      await lab.expectServed();

      // In the order that the messages give: the primary first.
      await primary.change({ keys: [next] });
      await say({ secret: next.secret });
      expect(await lab.runs("up")).toContain("is transferred");
      const [tsig] = Object.values((await lab.control.state()).tsigs);
      expect(tsig?.secret).toBe(next.secret);

      await say({ secret });
      expect(await lab.forces("up")).toContain("by SECONDARY_DNS_FORCE. Without it");
      await say({ secret: next.secret });
      await lab.runs("up");
    });
  },
);
