import fc from "fast-check";
import type { Simulator } from "../../../simulator";
import { domainIn, outputsOf, type Subject, savedOf, type World } from "./subject";

const DIGEST = "5A".repeat(32);
/** Stands there all the time, and is somebody else's. */
const FOREIGN_DS = `9 13 2 ${DIGEST}`;

export function foreignDs({ domains: [domain] }: Simulator): object {
  return { domains: { [domain?.id ?? ""]: { dsRecords: { dsr_foreign: { ds: FOREIGN_DS } } } } };
}

const content = (...keyTags: number[]) =>
  fc.record({
    keyTag: fc.constantFrom(...keyTags),
    algorithm: fc.constant(13),
    digestType: fc.constant(2),
    digest: fc.constant(DIGEST),
  });

export const dsRecords: Subject = {
  kind: "hostupDsRecord",
  // Never equal: beside one that is, a create is refused.
  wishes: { ds: content(1, 2), "other ds": content(3, 4) },
  unmarked: ["ds", "other ds"],
  target: ({ domains: [domain] }) => ({ domainName: domain?.name }),
  changes: {
    "withdraw a DS": (world) => changed(world, "ds", () => ({})),
    "publish a DS anew": (world) => changed(world, "other ds", (ds) => ({ dsr_anew: { ds } })),
  },
  check(world) {
    const said = savedOf(world, dsRecords).map(({ keyTag, digest }) => `${keyTag} 13 2 ${digest}`);
    const there = Object.values(domainIn(world).dsRecords).filter(({ addedBy }) => addedBy === "call");
    expect(there.map(({ ds }) => ds).sort()).toEqual([...said, FOREIGN_DS].sort());
  },
};

function changed(world: World, slot: string, to: (ds: string) => object): object | undefined {
  const { id: domainId, dsRecords } = domainIn(world);
  const id = outputsOf(world, slot)?.recordId;
  const record = typeof id === "string" ? dsRecords[id] : undefined;
  if (record === undefined || record.id === "dsr_anew") return undefined;
  return { domains: { [domainId]: { dsRecords: { [record.id]: null, ...to(record.ds) } } } };
}
