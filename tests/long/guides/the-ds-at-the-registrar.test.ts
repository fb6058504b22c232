import { setTimeout as wait } from "node:timers/promises";
import { TYPE } from "../../../simulator/dns/codes";
import { until } from "../../support/dns-processes";
import { type Block, blocksOf, ONLY_READ } from "../../support/guides/blocks";
import { type Carrying, startCarrying } from "../../support/lab/carry";
import { type OperatedChild, powerdnsChild } from "../../support/lab/child-powerdns";
import { describeLab } from "../../support/lab/describe-lab";
import type { Dnssec, Ground } from "../../support/lab/ground";
import { unbrokenOnGround } from "../../support/lab/on-ground";
import { lookUp, type Server } from "../../support/lab/query";
import { type ServedKey, untilKeysAre, untilOtherDsWanted } from "../../support/lab/roll";
import { expectServed, untilKnown } from "../../support/lab/served";
import { DS_OUTLIVED } from "../../support/lab/zone-texts";

const GUIDE = "docs/the-ds-at-the-registrar.md";
const PRESIGNED: Dnssec = { signing: "presigned", nsec3: true };
const ED25519 = 15;
const MANY_RUNS = 600_000;

/** Another key-signing key, and then another algorithm. */
const steps = blocksOf(GUIDE).filter(({ language }) => !ONLY_READ.includes(language));

describeLab(`${GUIDE}, with PowerDNS as the primary`, powerdnsChild.commands, () => {
  test(
    "leads through a roll of the key-signing key and one of the algorithm, without a resolver that notices",
    () =>
      unbrokenOnGround(powerdnsChild, "nsec3", PRESIGNED, async (ground) => {
        const carrying = startCarrying(ground);
        try {
          ground.say({ dnssec: "ds-records", waitForRemoval: 60 });
          await up(ground, carrying);
          await untilKnown(ground.lab);
          for (const step of steps) await take(ground, carrying, step);
          expect(ground.lab.parent.history.current).toEqual([expect.stringMatching(/^\d+ 15 2 /)]);
          const isNew = ({ algorithm }: ServedKey) => algorithm === ED25519;
          await untilKeysAre(ground.lab, (keys) => keys.length === 2 && keys.every(isNew), ground.child.log);
        } finally {
          await carrying.end();
        }
      }),
    MANY_RUNS,
  );
});

async function take(
  ground: Ground<OperatedChild>,
  carrying: Carrying,
  { language, note, text, line }: Block,
): Promise<void> {
  const { lab, child } = ground;
  expect({ line, language, note }).toEqual({
    line,
    language: "sh",
    note: expect.stringMatching(/^(after-ttl|after-both-ttls)?$/),
  });
  // The longer of the two: the DS has it.
  if (note === "after-ttl") await wait(lab.dsTtl * 1_000);
  if (note === "after-both-ttls") await wait((lab.dsTtl + DS_OUTLIVED) * 1_000);
  if (text === "pulumi up --refresh\n") {
    const wanted = await untilOtherDsWanted(lab, child.log);
    await up(ground, carrying, "--refresh");
    expect(lab.parent.history.current).toEqual(wanted);
  } else {
    await child.operate(await withKeys(ground, text));
    await untilTransferred(ground);
  }
  await expectServed(lab);
}

/** Ends when the registry has what came of it. */
async function up(ground: Ground, carrying: Carrying, ...flags: readonly string[]): Promise<void> {
  const { code, output } = await ground.up(PRESIGNED, ...flags);
  if (code !== 0) throw new Error(output);
  await carrying.done();
}

/** The lines with the zone and its keys in place of the words that stand for them. */
async function withKeys({ lab, child }: Ground<OperatedChild>, text: string): Promise<string> {
  const keys = keysIn(await child.operate(`pdnsutil list-keys ${lab.zone}`));
  const [oldKsk, newKsk = oldKsk] = keys.filter(({ type }) => type === "KSK");
  const [oldZsk, newZsk = oldZsk] = keys.filter(({ type }) => type === "ZSK");
  if (!(oldKsk && newKsk && oldZsk && newZsk))
    throw new Error(`not a KSK and a ZSK: ${JSON.stringify(keys)}`);
  const words: readonly [shown: string, used: string][] = [
    ["ZONE", lab.zone],
    ["TAG", newKsk.tag],
    ["NEW_KSK", newKsk.id],
    ["NEW_ZSK", newZsk.id],
    ["OLD_KSK", oldKsk.id],
    ["OLD_ZSK", oldZsk.id],
  ];
  return words.reduce((lines, [word, real]) => lines.replaceAll(word, real), text);
}

/** The columns of `pdnsutil list-keys`, whose marks for active and published may be missing; oldest first. */
function keysIn(table: string): readonly { type: string; id: string; tag: string }[] {
  return table
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .flatMap((columns) => {
      const [, type = ""] = columns;
      const [id = "", , tag = ""] = columns.slice(-3);
      return /^[KZ]SK$/.test(type) ? [{ type, id, tag }] : [];
    })
    .sort((a, b) => Number(a.id) - Number(b.id));
}

/** Waits until the secondary has what the primary has. */
async function untilTransferred({ lab, child }: Ground): Promise<void> {
  const primary = { address: "127.0.0.1", port: child.port };
  await until(
    "the secondary has the primary's serial",
    async () => {
      const [ours, theirs] = [await serialAt(primary, lab.zone), await serialAt(lab.secondary, lab.zone)];
      return ours !== undefined && ours === theirs;
    },
    child.log,
  );
}

async function serialAt(server: Server, zone: string): Promise<number | undefined> {
  const response = await lookUp(server, zone, "SOA", 1_000);
  const soa = response?.answers.find(({ type }) => type === TYPE.SOA);
  return soa?.rdata.readUInt32BE(soa.rdata.length - 20);
}
