import type { TsigContent, TsigKey } from "../../cloudflare/tsigs";
import type { Secret } from "../../core/secret";
import { parseDomainName } from "../../dns/domain-name";
import { parseTsigAlgorithm } from "../../dns/tsig-algorithm";
import { type CreatePlan, planCreate, type Surroundings } from "../adoption-plan";
import { isGeneratedFor } from "./generated-secret";

export interface WantedTsig extends Surroundings<TsigKey> {
  readonly accountId: string;
  readonly name: string;
  readonly algo: string;
  /** Absent: to be generated. */
  readonly secret?: Secret | undefined;
  /** The resource in its project and stack. */
  readonly owner: string;
}

/** What creating means, given what the account holds that no other resource has made in this run. */
export function planTsig(existing: readonly TsigKey[], wanted: WantedTsig): CreatePlan<TsigKey> {
  const { accountId, name, secret, adopt, isReplacing = false, holderOf = () => undefined } = wanted;
  const what = `TSIG "${name}" in account ${accountId}`;
  const namesakes = existing.filter((key) => canonicalName(key.name) === name);
  const isOurs = secret === undefined;
  // Anybody can have been given the same secret; a generated one tells whose it is.
  const exact = namesakes.filter((key) =>
    isOurs ? isGeneratedFor(wanted, key.secret) : isEqual(key, { ...wanted, secret }),
  );
  return planCreate({ what, namesakes, exact, isOurs, adopt, isReplacing, holderOf });
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
