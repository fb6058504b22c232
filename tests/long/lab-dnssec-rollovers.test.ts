import { bindChild } from "../support/lab/child-bind";
import { knotChild } from "../support/lab/child-knot";
import { describeLab } from "../support/lab/describe-lab";
import type { Dnssec, Ground } from "../support/lab/ground";
import { publishDs, unbrokenOnGround } from "../support/lab/on-ground";
import { expectDone } from "../support/lab/refused";
import { type ServedKey, untilKeysAre, untilOtherDsWanted } from "../support/lab/roll";

const PRESIGNED: Dnssec = { signing: "presigned", nsec3: true };
const ED25519 = 15;
const A_DOZEN_RUNS = 600_000;

for (const kind of [bindChild, knotChild]) {
  describeLab(`a presigned zone with ${kind.name} as its primary`, kind.commands, () => {
    test(
      "has another key-signing key, and then another algorithm, without a resolver that notices",
      () =>
        unbrokenOnGround(kind, "nsec3", PRESIGNED, async (ground) => {
          const { child, lab } = ground;
          await publishDs(ground);

          const [ds = ""] = lab.parent.history.current;
          await child.rollKsk(ds);
          await roll(ground, (keys) => keys.filter(({ isKsk }) => isKsk).length === 1);

          await child.configure({ algorithm: "ed25519" });
          await roll(ground, (keys) => keys.every(({ algorithm }) => algorithm === ED25519));
        }),
      A_DOZEN_RUNS,
    );
  });
}

/** Runs `up` whenever an operator might, and carries the DS that it gives to the parent. */
async function roll(ground: Ground, isOver: (keys: readonly ServedKey[]) => boolean): Promise<void> {
  const { lab, child } = ground;
  const up = () => expectDone(ground, () => ground.up(PRESIGNED, "--refresh"));
  await up();
  const wanted = await untilOtherDsWanted(lab, child.log);
  await up();
  expect(await ground.dsOutput()).toEqual(wanted);
  await carryDs(ground);
  await up();
  await untilKeysAre(lab, isOver, child.log);
  await up();
  await carryDs(ground);
  expect(lab.parent.history.current).toEqual(wanted);
}

async function carryDs({ lab, child, dsOutput, putDs }: Ground): Promise<void> {
  const before = lab.parent.history.current;
  const wanted = await dsOutput();
  if (wanted.join() === before.join()) return;
  await putDs(wanted);
  await child.tellOfDs(
    wanted.filter((ds) => !before.includes(ds)),
    before.filter((ds) => !wanted.includes(ds)),
  );
}
