import fc from "fast-check";
import type { FaultRule } from "../../../simulator";
import type { Bag } from "../handlers";
import { acls } from "./acls";
import { dsRecords } from "./ds-records";
import { enrolment } from "./enrolment";
import { incoming } from "./incoming";
import { peers } from "./peers";
import type { Subject, Wish } from "./subject";
import { tsigs } from "./tsigs";
import { zoneDnssec } from "./zone-dnssec";

export const SUBJECTS: readonly Subject[] = [tsigs, peers, acls, incoming, zoneDnssec, enrolment, dsRecords];

type Fault = FaultRule["fault"];
export type Faults = readonly Partial<FaultRule>[];

export type Step =
  | { readonly kind: "up"; readonly wish: Wish; readonly faults: Faults }
  /** The process dies when it has sent so many calls, and the last answer with it. */
  | { readonly kind: "killed up"; readonly wish: Wish; readonly calls: number }
  | { readonly kind: "refresh" | "destroy"; readonly faults: Faults }
  /** Somebody changes things in the consoles; then the program is brought up after a refresh. */
  | { readonly kind: "drift"; readonly changes: readonly string[]; readonly faults: Faults };

const wish: fc.Arbitrary<Wish> = fc.record<Record<string, Bag | undefined>>(
  Object.fromEntries(
    SUBJECTS.flatMap(({ wishes }) => Object.entries(wishes)).map(([name, inputs]) => [
      name,
      fc.option(inputs, { nil: undefined, freq: 4 }),
    ]),
  ),
);

const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Fault>({ kind: "lost-answer" }, { kind: "truncated" }) },
  fc.constant<Fault>({ kind: "reset" }),
  fc.constantFrom(500, 502).map((status): Fault => ({ kind: "status", status })),
  fc.constantFrom(200, 404, 502).map((status): Fault => ({ kind: "html", status })),
  fc.integer({ min: 1, max: 20 }).map((milliseconds): Fault => ({ kind: "delay", milliseconds })),
  fc
    .constantFrom(0, 0, 0, 0, 0, 0, 0, 1)
    .map((retryAfterSeconds): Fault => ({ kind: "rate-limited", retryAfterSeconds })),
);

const faults: fc.Arbitrary<Faults> = fc.array(
  fc.record(
    {
      method: fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE"),
      // null: until somebody clears it, so longer than patience lasts.
      count: fc.constantFrom(1, 1, 2, 3, null),
      after: fc.constantFrom(0, 0, 1, 2, 4),
      fault,
    },
    { requiredKeys: ["count", "after", "fault"] },
  ),
  { minLength: 1, maxLength: 3 },
);

const changes = fc.subarray(
  SUBJECTS.flatMap(({ changes }) => Object.keys(changes)),
  { minLength: 1 },
);

const kind = <const Kind extends string>(name: Kind) => fc.constant(name);

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof<fc.MaybeWeightedArbitrary<Step>[]>(
    { weight: 3, arbitrary: fc.record({ kind: kind("up"), wish, faults }) },
    fc.record({ kind: kind("killed up"), wish, calls: fc.integer({ min: 1, max: 16 }) }),
    fc.record({ kind: kind("refresh"), faults }),
    fc.record({ kind: kind("destroy"), faults }),
    fc.record({ kind: kind("drift"), changes, faults }),
  ),
  { minLength: 1, maxLength: 4 },
);
