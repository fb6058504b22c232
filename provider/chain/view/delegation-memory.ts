import { z } from "zod";
import { givenOut, isForgotten, renewed } from "./outlived";
import type { ParentView } from "./parent-view";

/** The name servers that a zone was seen to be delegated to. */
export const seenDelegation = givenOut.extend({ hosts: z.array(z.string()) });
export type SeenDelegation = z.output<typeof seenDelegation>;

type Seen = Extract<ParentView, { kind: "seen" }>;

/** What to keep of a zone's delegations, given what was kept and what is seen now. */
export function rememberDelegations(
  kept: readonly SeenDelegation[],
  { delegation, source }: Seen,
  now: number,
): SeenDelegation[] {
  if (delegation === undefined) return [...kept];
  const { hosts, ttl } = delegation;
  const isSame = (other: SeenDelegation) => other.hosts.join() === hosts.join();
  const looked = kept
    .flatMap((before): SeenDelegation[] => {
      if (before.goneAt !== undefined) return [before];
      // A resolver may tell of one that has gone, and what is left of its TTL.
      if (!isSame(before)) return source === "parent" ? [{ ...before, goneAt: now }] : [before];
      const present = { hosts: [...hosts], ttl: source === "parent" ? ttl : Math.max(before.ttl, ttl) };
      return renewed(before, present, now);
    })
    .filter((each) => !isForgotten(each, now));
  const isThere = looked.some((each) => each.goneAt === undefined && isSame(each));
  return isThere ? looked : [...looked, { hosts: [...hosts], ttl }];
}
