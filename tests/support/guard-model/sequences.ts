import fc from "fast-check";
import type { Program } from "./program";
import type { AtConsole, AtParent, AtPrimary, Step } from "./steps";

const ttl = fc.constantFrom(0, 1, 60, 300, 3_600, 86_400);

const program = fc.record<Partial<Program>>(
  {
    signing: fc.constantFrom("presigned", "presigned", "live", "multi-signer", "off"),
    nsec3: fc.boolean(),
    server: fc.constantFrom(0, 0, 0, 1),
    secret: fc.constantFrom(0, 1),
    onDelete: fc.constantFrom("restore", "disable", "retain"),
    registrar: fc.constantFrom(true, true, true, false),
    waitForRemoval: fc.constantFrom(0, 600, 7_200),
    typo: fc.constantFrom("none", "none", "none", "none", "none", "none", "zone name", "zone id"),
  },
  { requiredKeys: [] },
);

const atPrimary = fc.oneof<fc.MaybeWeightedArbitrary<AtPrimary>[]>(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("sign"),
      denial: fc.constantFrom("nsec", "nsec3"),
      algorithm: fc.constantFrom(13, 13, 15),
      keyTtl: fc.constantFrom(300, 3_600, 86_400),
    }),
  },
  fc.constant({ kind: "stop signing" }),
  fc.constant({ kind: "change denial" }),
  fc.record({
    kind: fc.constant("publish CDS"),
    cds: fc.constantFrom("of the keys", "of the keys", "no DS", "none"),
  }),
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("begin a rollover"), of: fc.constantFrom("ksk", "algorithm") }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: "end the rollover" }) },
  { weight: 2, arbitrary: fc.constant({ kind: "edit" }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("take the key"),
      secret: fc.constantFrom(0, 1),
      alone: fc.boolean(),
    }),
  },
  fc.constant({ kind: "switch on or off" }),
  fc.constant({ kind: "copy the other" }),
);

const atParent = fc.oneof<fc.MaybeWeightedArbitrary<AtParent>[]>(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("publish"),
      of: fc.constantFrom("all", "latest", "all servers"),
      ttl,
    }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: "withdraw" }) },
  { weight: 4, arbitrary: fc.constant({ kind: "follow the CDS" }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("add at HostUp", "remove at HostUp") }) },
  fc.record({ kind: fc.constant("change the TTL"), ttl }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("delegate"), here: fc.boolean() }) },
  fc.constant({ kind: "switch on or off" }),
);

const atConsole = fc.oneof<fc.MaybeWeightedArbitrary<AtConsole>[]>(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("flag"),
      flag: fc.constantFrom("dnssec_presigned", "dnssec_use_nsec3", "dnssec_multi_signer"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("status"), status: fc.constantFrom("active", "disabled") }),
  },
  fc.record({ kind: fc.constantFrom("delete the keys", "delete the transfer", "change the secret") }),
);

const who = <const Who extends string>(name: Who) => fc.constant(name);

const step = fc.oneof<fc.MaybeWeightedArbitrary<Step>[]>(
  {
    weight: 10,
    arbitrary: fc.record({
      who: who("program"),
      change: program,
      follows: fc.boolean(),
      refreshes: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ who: who("program"), run: fc.constantFrom("refresh", "refresh", "destroy") }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      who: who("primary"),
      server: fc.constantFrom(0, 0, 0, 1),
      does: atPrimary,
      notifies: fc.constantFrom(true, true, true, false),
    }),
  },
  { weight: 6, arbitrary: fc.record({ who: who("parent"), does: atParent }) },
  { weight: 1, arbitrary: fc.record({ who: who("console"), does: atConsole }) },
  {
    weight: 5,
    arbitrary: fc.record({
      who: who("time"),
      seconds: fc.constantFrom(0, 1, 59, 61, 600, 3_599, 3_601, 7_200, 86_400, 172_800),
    }),
  },
);

const signed = { kind: "sign", denial: "nsec", algorithm: 13, keyTtl: 3_600 } as const;
const right = { server: 0, secret: 0, nsec3: false, typo: "none", registrar: false } as const;

/** A zone that is set up, and has its DS. */
function secured(signing: Program["signing"]): readonly Step[] {
  return [
    { who: "primary", server: 0, does: signed, notifies: true },
    { who: "program", change: { ...right, signing }, follows: true, refreshes: false },
    { who: "time", seconds: 7_200 },
    { who: "parent", does: { kind: "publish", of: "all", ttl: 3_600 } },
  ];
}

/** The same, by the program. */
function published(signing: Program["signing"]): readonly Step[] {
  return [
    ...secured(signing).slice(0, -1),
    { who: "program", change: { registrar: true }, follows: true, refreshes: false },
    { who: "time", seconds: 7_200 },
  ];
}

const beginnings = fc.constantFrom<(readonly Step[])[]>(
  [],
  secured("presigned"),
  secured("presigned"),
  secured("live"),
  published("presigned"),
  published("presigned"),
  published("live"),
);

/** What happens to a zone, from its beginning on. */
export interface Sequence {
  /** Whether the machine that runs the program reaches the parent's own servers; else a resolver tells of them. */
  readonly seesParent: boolean;
  /** How long the registry takes to publish what HostUp was told. */
  readonly registrySeconds: number;
  readonly steps: readonly Step[];
}

/** Long enough for a zone to be set up, rolled over and taken down. */
export const sequences: fc.Arbitrary<Sequence> = fc.record({
  seesParent: fc.constantFrom(true, true, true, false),
  registrySeconds: fc.constantFrom(0, 60, 900, 86_400),
  steps: fc
    .tuple(beginnings, fc.array(step, { minLength: 1, maxLength: 50, size: "max" }))
    .map(([beginning, others]) => [...beginning, ...others]),
});
