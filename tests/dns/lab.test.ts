import { bindChild } from "../support/lab/child-bind";
import { describeLab } from "../support/lab/describe-lab";
import { type DsText, FOREIGN_DS } from "../support/lab/ds";
import { type Lab, startLab } from "../support/lab/lab";
import { followCds } from "../support/lab/roll";
import { expectServed, untilKnown } from "../support/lab/served";
import { startStandIn } from "../support/lab/stand-in-secondary";
import { expectUnbroken } from "../support/lab/unbroken";
import { watch } from "../support/lab/watch";

const ZONE = "zone-0000.example";
const KEY = { name: `cf.${ZONE}`, algorithm: "hmac-sha256", secret: Buffer.alloc(32, 3).toString("base64") };

describeLab("the lab", bindChild.commands, () => {
  let lab: Lab;
  let ds: readonly DsText[];

  beforeAll(async () => {
    lab = await startLab({ zone: ZONE });
    const child = lab.keep(
      await bindChild.start({ ...lab, signing: "nsec3", algorithm: "ecdsap256sha256", keys: [KEY] }),
    );
    lab.keep(await startStandIn(ZONE, KEY, child.port, lab.secondary.address));
    await followCds(lab, child);
    ds = lab.parent.history.current;
  }, 60_000);
  afterAll(() => lab?.stop());

  test("sees nothing amiss when a DS goes, and then answers that nothing vouches for", async () => {
    await lab.parent.setDs(ds);
    await expectServed(lab);
    await expectUnbroken(lab, "DS withdrawn", async () => {
      await lab.parent.setDs([]);
      await untilKnown(lab);
    });
    await expectServed(lab);
  }, 60_000);

  test("sees SERVFAIL at each resolver when the DS is that of another key", async () => {
    const watching = watch(lab.resolvers, ZONE);
    try {
      await lab.parent.setDs([FOREIGN_DS]);
      await watching.untilSays(lab.resolvers.remembering, "SERVFAIL");
      await watching.untilSays(lab.resolvers.forgetful, "SERVFAIL");
    } finally {
      await watching.end();
    }
    await expect(expectServed(lab)).rejects.toThrow("SOA: SERVFAIL");
  }, 60_000);
});
