import type { Advice } from "./advice";
import { bindAdvice } from "./bind/advice";
import { knotAdvice } from "./knot/advice";
import { nsdAdvice } from "./nsd/advice";
import { powerdnsAdvice } from "./powerdns/advice";

/** Of each server that a primary may run. */
export const ALL_ADVICE: readonly Advice[] = [bindAdvice, knotAdvice, nsdAdvice, powerdnsAdvice];
