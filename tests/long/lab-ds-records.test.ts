import { type Carrying, startCarrying } from "../support/lab/carry";
import { bindChild } from "../support/lab/child-bind";
import { knotChild } from "../support/lab/child-knot";
import { describeLab } from "../support/lab/describe-lab";
import type { Dnssec, Ground } from "../support/lab/ground";
import { unbrokenOnGround } from "../support/lab/on-ground";
import { type ServedKey, untilKeysAre, untilOtherDsWanted } from "../support/lab/roll";
import { expectServed, untilKnown } from "../support/lab/served";

const PRESIGNED: Dnssec = { signing: "presigned", nsec3: true };
const ED25519 = 15;
const MANY_RUNS = 600_000;

for (const kind of [bindChild, knotChild]) {
  describeLab(`the DS of a zone with ${kind.name} as its primary, published at HostUp`, kind.commands, () => {
    test(
      "comes, follows another key-signing key and another algorithm, and goes, without a resolver that notices",
      () =>
        unbrokenOnGround(kind, "nsec3", PRESIGNED, async (ground) => {
          const { lab, child } = ground;
          const carrying = startCarrying(ground);
          try {
            ground.say({ dnssec: "ds-records", waitForRemoval: 60 });
            await up(ground, carrying);
            await untilKnown(lab);

            const [ds = ""] = lab.parent.history.current;
            await child.rollKsk(ds);
            await follow(ground, carrying, (keys) => keys.filter(({ isKsk }) => isKsk).length === 1);

            await child.configure({ algorithm: "ed25519" });
            await follow(ground, carrying, (keys) => keys.every(({ algorithm }) => algorithm === ED25519));

            ground.say({ dnssec: "excluded" });
            await up(ground, carrying);
            expect(lab.parent.history.current).toEqual([]);
          } finally {
            await carrying.end();
          }
        }),
      MANY_RUNS,
    );
  });
}

/** Ends when the registry has what came of it, and the zone answers and validates. */
async function up(ground: Ground, carrying: Carrying, ...flags: readonly string[]): Promise<void> {
  const { code, output } = await ground.up(PRESIGNED, ...flags);
  if (code !== 0) throw new Error(output);
  await carrying.done();
  await expectServed(ground.lab);
}

/** One `up`, when the primary asks for the DS of its new key, and the roll goes on by itself. */
async function follow(
  ground: Ground,
  carrying: Carrying,
  isOver: (keys: readonly ServedKey[]) => boolean,
): Promise<void> {
  const { lab, child } = ground;
  const wanted = await untilOtherDsWanted(lab, child.log);
  await up(ground, carrying, "--refresh");
  expect(lab.parent.history.current).toEqual(wanted);
  await untilKeysAre(lab, isOver, child.log);
}
