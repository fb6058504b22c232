import { bindChild } from "../support/lab/child-bind";
import { knotChild } from "../support/lab/child-knot";
import { describeLab } from "../support/lab/describe-lab";
import { startLab } from "../support/lab/lab";
import { followCds, untilKeysAre } from "../support/lab/roll";
import { expectServed, untilKnown } from "../support/lab/served";
import { startStandIn } from "../support/lab/stand-in-secondary";
import { expectUnbroken } from "../support/lab/unbroken";
import { watch } from "../support/lab/watch";

const ZONE = "zone-0000.example";
const KEY = { name: `cf.${ZONE}`, algorithm: "hmac-sha256", secret: Buffer.alloc(32, 4).toString("base64") };
const ED25519 = 15;

for (const kind of [bindChild, knotChild]) {
  describeLab(`with ${kind.name} as the primary`, kind.commands, () => {
    test("first signing, a roll of the key-signing key and one of the algorithm, by the book, are never noticed", async () => {
      const lab = await startLab({ zone: ZONE });
      try {
        const child = lab.keep(
          await kind.start({ ...lab, signing: "nsec3", algorithm: "ecdsap256sha256", keys: [KEY] }),
        );
        lab.keep(await startStandIn(ZONE, KEY, child.port, lab.secondary.address));
        await expectServed(lab);
        await expectUnbroken(lab, `${kind.name}, first signing`, async () => {
          await followCds(lab, child);
          await untilKnown(lab);
        });
        await expectUnbroken(lab, `${kind.name}, another key-signing key`, async () => {
          const [ds = ""] = lab.parent.history.current;
          await child.rollKsk(ds);
          await followCds(lab, child);
          await expectServed(lab);
          await untilKeysAre(lab, (keys) => keys.filter(({ isKsk }) => isKsk).length === 1, child.log);
          await expectServed(lab);
        });
        await expectUnbroken(lab, `${kind.name}, another algorithm`, async () => {
          await child.configure({ algorithm: "ed25519" });
          await followCds(lab, child);
          await expectServed(lab);
          await untilKeysAre(lab, (keys) => keys.every(({ algorithm }) => algorithm === ED25519), child.log);
          await expectServed(lab);
        });
      } finally {
        await lab.stop();
      }
    }, 180_000);
  });
}

describeLab("a key that goes while its DS is still in caches", bindChild.commands, () => {
  test("is noticed by the resolver that remembers", async () => {
    const lab = await startLab({ zone: ZONE, dsTtl: 20 });
    try {
      // The primary has been told that the DS is cached nowhere.
      const wish = { ...lab, dsTtl: 0, signing: "nsec3", algorithm: "ecdsap256sha256", keys: [KEY] } as const;
      const child = lab.keep(await bindChild.start(wish));
      lab.keep(await startStandIn(ZONE, KEY, child.port, lab.secondary.address));
      await followCds(lab, child);
      await untilKnown(lab);
      const watching = watch(lab.resolvers, ZONE);
      try {
        const [ds = ""] = lab.parent.history.current;
        await child.rollKsk(ds);
        await followCds(lab, child);
        await watching.untilSays(lab.resolvers.remembering, "SERVFAIL");
      } finally {
        await watching.end();
      }
      const forgetful = watching.seen.filter(({ what }) => what.startsWith(lab.resolvers.forgetful.name));
      expect(new Set(forgetful.map(({ outcome }) => outcome))).toEqual(new Set(["expected"]));
    } finally {
      await lab.stop();
    }
  }, 180_000);
});
