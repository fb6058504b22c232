import type { TsigContent, TsigKey } from "../cloudflare/tsigs";
import { parseDomainName } from "../core/domain-name";
import type { Secret } from "../core/secret";
import { parseTsigAlgorithm } from "../core/tsig-algorithm";
import { isGeneratedFor } from "./generated-secret";

export interface WantedTsig {
  readonly accountId: string;
  readonly name: string;
  readonly algo: string;
  /** Absent: to be generated. */
  readonly secret?: Secret | undefined;
  readonly adopt: boolean;
  /** The resource in its project and stack. */
  readonly owner: string;
}

export type CreatePlan =
  | { readonly kind: "create" }
  /** It exists already: left by a run that was killed, or to be adopted. */
  | { readonly kind: "take"; readonly key: TsigKey }
  | { readonly kind: "refuse"; readonly reason: string };

/** What creating means, given what the account holds that no other resource of this run owns. */
export function planCreate(existing: readonly TsigKey[], wanted: WantedTsig): CreatePlan {
  const namesakes = existing.filter((key) => canonicalName(key.name) === wanted.name);
  const ids = (keys: readonly TsigKey[]) => keys.map(({ id }) => id).join(", ");
  const where = `TSIG "${wanted.name}" in account ${wanted.accountId}`;

  const { secret } = wanted;
  const exact = namesakes.filter((key) =>
    secret === undefined ? isGeneratedFor(wanted, key.secret) : isEqual(key, { ...wanted, secret }),
  );
  if (wanted.adopt) {
    const [meant, ...others] = exact.length === 1 ? exact : namesakes;
    if (meant === undefined) return { kind: "create" };
    if (others.length === 0) return { kind: "take", key: meant };
    return {
      kind: "refuse",
      reason: `Cannot adopt ${where}: there are ${namesakes.length} of that name (${ids(namesakes)}).\nNext: delete those that no peer uses, then run the command again.`,
    };
  }
  const [left] = exact;
  if (left === undefined) return { kind: "create" };
  if (secret === undefined) return { kind: "take", key: left };
  return {
    kind: "refuse",
    reason: `Did not create ${where}: one with the same algorithm and secret exists (${ids(exact)}). It may be left by a run that was interrupted, or belong to somebody else.\nNext: if the resource was renamed in the program, give it the old name as an alias; else set adopt to true to take it over, or delete it.`,
  };
}

/** After an answer was lost: what was not there before and is as wanted, if anything. */
export function findMade(
  before: ReadonlySet<string>,
  now: readonly TsigKey[],
  wanted: TsigContent,
): TsigKey | undefined {
  return now.find((key) => !before.has(key.id) && isEqual(key, wanted));
}

export function isEqual(key: TsigContent, wanted: TsigContent): boolean {
  return (
    canonicalName(key.name) === canonicalName(wanted.name) &&
    canonicalAlgorithm(key.algo) === canonicalAlgorithm(wanted.algo) &&
    key.secret.reveal() === wanted.secret.reveal()
  );
}

/** Names and algorithms differ in case and final dot without meaning another key. */
export function canonicalName(text: string): string {
  const parsed = parseDomainName(text);
  return "name" in parsed ? parsed.name : text;
}

export function canonicalAlgorithm(text: string): string {
  return parseTsigAlgorithm(text) ?? text;
}
