import { until } from "../support/dns-processes";
import { bindChild } from "../support/lab/child-bind";
import { describeLab } from "../support/lab/describe-lab";
import { type Dnssec, type Ground, startGround } from "../support/lab/ground";
import { onGround, publishDs, unbrokenOnGround, untilSigned } from "../support/lab/on-ground";
import { expectDone, expectRefused, expectSafe } from "../support/lab/refused";
import { startRelay } from "../support/lab/relay";
import { expectServed, untilKnown } from "../support/lab/served";
import { expectUnbroken } from "../support/lab/unbroken";
import { watch } from "../support/lab/watch";
import { NAME_SERVERS, PRIMARY_NAME, TTL } from "../support/lab/zone-texts";

const OFF: Dnssec = { signing: "off" };
const PRESIGNED: Dnssec = { signing: "presigned", nsec3: true };
const LIVE: Dnssec = { signing: "live" };

describeLab("a zone with a parent that is signed, for resolvers that validate,", bindChild.commands, () => {
  test("is presigned only when its primary signs, and validates once the DS is at the parent", () =>
    unbrokenOnGround(bindChild, "none", OFF, async (ground) => {
      await expectRefused(ground, () => ground.up(PRESIGNED), /sign/);

      await ground.child.configure({ signing: "nsec3" });
      await untilSigned(ground);
      await expectDone(ground, () => ground.up(PRESIGNED));
      await publishDs(ground);
    }));

  test("goes from its primary's signatures to Cloudflare's and back, each time without a DS in between", () =>
    unbrokenOnGround(bindChild, "nsec3", PRESIGNED, async (ground) => {
      await publishDs(ground);
      await expectRefused(ground, () => ground.up(LIVE), /\bDS\b/);

      await withdrawDs(ground, LIVE);
      await publishDs(ground);
      await expectRefused(ground, () => ground.up(PRESIGNED), /\bDS\b/);
      // A stack that takes the zone over has no state of it.
      await forget(ground, "ZoneDnssec");
      await expectRefused(ground, () => ground.up(PRESIGNED), /\bDS\b/);

      await withdrawDs(ground, PRESIGNED);
      await publishDs(ground);
    }));

  test("is not signed any more only when no resolver holds its DS", () =>
    unbrokenOnGround(bindChild, "nsec3", PRESIGNED, async (ground) => {
      await publishDs(ground);
      await expectRefused(ground, () => ground.up(OFF), /\bDS\b/);
      await withdrawDs(ground, OFF);
    }));

  test("is taken down only when no resolver holds its DS", () =>
    unbrokenOnGround(bindChild, "nsec3", PRESIGNED, async (ground) => {
      await publishDs(ground);
      const destroy = () => ground.stack.pulumi("destroy", "--yes", "--skip-preview");
      await expectRefused(ground, destroy, /\bDS\b/);

      await ground.putDs([]);
      await untilKnown(ground.lab);
      await expectDone(ground, destroy);
    }));

  test("goes dark when a change is forced that would be refused", () =>
    onGround(bindChild, "nsec3", PRESIGNED, async (ground) => {
      await publishDs(ground);
      const { resolvers, zone } = ground.lab;
      const watching = watch(resolvers, zone);
      try {
        const { code, output } = await ground.force(LIVE);
        expect(code).toBe(0);
        await watching.untilSays(resolvers.remembering, "SERVFAIL");
        await watching.untilSays(resolvers.forgetful, "SERVFAIL");
        expect(output).toContain("SECONDARY_DNS_FORCE");
      } finally {
        await watching.end();
      }
    }));

  test("moves from its primary to Cloudflare with its DS in place", async () => {
    const ground = await startGround(bindChild, { signing: "nsec3", nameServers: [PRIMARY_NAME] });
    const { lab, child } = ground;
    try {
      const relay = lab.keep(await startRelay(lab.primaryAddress, child.port));
      await lab.parent.delegate([PRIMARY_NAME]);
      await ground.putDs(await untilSigned(ground));
      await untilKnown(lab);
      await expectUnbroken(lab, "from the primary to Cloudflare", async () => {
        await expectDone(ground, () => ground.up(PRESIGNED));
        await child.publish(2, NAME_SERVERS);
        await lab.parent.delegate(NAME_SERVERS);
        await until("nobody asks the primary any more", async () => relay.idleMs() > 3 * TTL * 1_000);
        await relay.stop();
        await untilKnown(lab);
        await expectServed(lab);
      });
    } finally {
      await lab.stop();
    }
  });
});

/** Withdraws the DS, tries the change at once, and makes it when the DS is in no cache any more. */
async function withdrawDs(ground: Ground, next: Dnssec): Promise<void> {
  await ground.putDs([]);
  const early = await expectSafe(ground, () => ground.up(next));
  await untilKnown(ground.lab);
  if (early === "refused") await expectDone(ground, () => ground.up(next));
}

/** Takes the resource of this class out of the state, and nothing else. */
async function forget({ stack }: Ground, kind: string): Promise<void> {
  const resource = (await stack.resources()).find(({ type }) => type.endsWith(`:${kind}`));
  if (resource === undefined) throw new Error(`the state has no ${kind}`);
  await stack.succeed("state", "delete", resource.urn, "--yes");
}
