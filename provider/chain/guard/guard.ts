import { setTimeout as pause } from "node:timers/promises";
import { RefusedError } from "../../core/errors";
import { waitOut } from "../../engine/poll";
import type { Decision, Harm } from "../decide/decision";
import { describeCaution, describeHarms, type Step } from "../decide/describe";
import type { ChainAccess } from "../run/access";
import { howToForce, tellForced } from "../run/force";
import { tellOnce } from "../run/tell-once";

/** A wait for resolvers to forget a DS that is longer than this is left to the operator. */
const LONGEST_WAIT_MS = 600_000;
/** A server that signs in the background, as BIND does, is looked at again for so long. */
const SIGNING_MS = 5_000;
const SIGNING_PAUSE_MS = 1_000;

export interface Refusal {
  readonly error: RefusedError;
  readonly harms: readonly Harm[];
}

/**
 * Lets a step through, waits where time alone makes it safe, or gives back why it is refused. `decide` is asked again
 * after a wait: what is seen then is what counts.
 */
export async function guard(
  access: ChainAccess,
  step: Step,
  decide: () => Promise<Decision>,
): Promise<Refusal | undefined> {
  const { zoneName } = step;
  const start = Date.now();
  for (let decision = await decide(); ; decision = await decide()) {
    for (const caution of decision.cautions) tellOnce(access.cloudflare, describeCaution(zoneName, caution));
    if (decision.harms.length === 0) return undefined;
    if (access.isForced(zoneName)) {
      tellForced(zoneName, describeHarms(step, decision.harms));
      return undefined;
    }
    if (decision.harms.every(isBeingSigned) && Date.now() - start < SIGNING_MS) {
      await pause(SIGNING_PAUSE_MS);
      continue;
    }
    const until = endOf(decision.harms);
    if (until === undefined || until - Date.now() > LONGEST_WAIT_MS)
      return { error: refusalOf(step, decision.harms), harms: decision.harms };
    await waitOut(`resolvers to forget the DS of ${zoneName}`, until);
  }
}

function refusalOf(step: Step, harms: readonly Harm[]): RefusedError {
  return new RefusedError(`${describeHarms(step, harms)}\n${howToForce(step.zoneName)}`);
}

/** It has keys, and signatures or the chain of NSEC3 are still to come. */
function isBeingSigned(harm: Harm): boolean {
  if (harm.kind === "unsigned") return harm.view.dnskeys.length > 0;
  return harm.kind === "denial unsigned" || (harm.kind === "other denial" && harm.wanted === "nsec3");
}

/** When the last of them is over by itself, in milliseconds since 1970; `undefined` if one never is. */
function endOf(harms: readonly Harm[]): number | undefined {
  const ends = harms.map(endOfOne);
  return ends.every((end) => end !== undefined) ? Math.max(...ends) : undefined;
}

function endOfOne(harm: Harm): number | undefined {
  switch (harm.kind) {
    case "ds":
      return harm.heldUntil;
    case "delegation held":
      return Math.min(harm.until, endOfOne(harm.harm) ?? harm.until);
    default:
      return undefined;
  }
}
