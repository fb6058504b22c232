import { InputError } from "../../core/errors";
import { undottedALabels } from "../../dns/domain-name";
import type { DsData } from "../../dns/ds";
import { parseDsLines, rdataOf } from "../../dns/ds-text";

/** The DS set of a domain, as the input `ds` has it. */
export interface DsLines {
  /** Whose records they are; `undefined` without records. */
  readonly owner: string | undefined;
  readonly ds: readonly DsData[];
}

/** In one normal form, without a TTL, since the registry sets that: equal sets, equal texts. */
export function formatLines({ owner = "", ds }: DsLines): string {
  return [...new Set(ds.map((each) => `${owner}. IN DS ${rdataOf(each)}`))].sort().join("\n");
}

/** Reads what a signer, this package or Cloudflare writes; gives back what is wrong. */
export function parseLines(text: string): DsLines | { readonly problem: string } {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const owners = new Set(lines.map((line) => undottedALabels(line.trim().split(/\s/, 1)[0] ?? "")));
  if (owners.size > 1) return { problem: `they are of several names: ${[...owners].join(", ")}` };
  const [owner] = owners;
  try {
    const ds = parseDsLines(text);
    const odd = ds.find((each) => !isSafe(each));
    return odd === undefined ? { owner, ds } : { problem: `${rdataOf(odd)} is none of these` };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The same of what was checked before: it may have come from elsewhere since, and may be another domain's. */
export function readLines(text: string, domainName?: string): DsLines {
  const lines = parseLines(text);
  if ("problem" in lines) throw new InputError(`ds cannot be read: ${lines.problem}.`);
  const problem = domainName === undefined ? undefined : wrongOwner(lines.owner, domainName);
  if (problem !== undefined) throw new InputError(problem);
  return lines;
}

/** What is wrong when records are published for a domain that has another name. */
export function wrongOwner(owner: string | undefined, domainName: string): string | undefined {
  return owner === undefined || owner === domainName
    ? undefined
    : `ds has the records of ${owner} while the domain is ${domainName}; allowed: those of the domain itself`;
}

/** RFC 8624 section 3.3; a digest of another length names nothing. */
function isSafe({ keyTag, algorithm, digestType, digest }: DsData): boolean {
  const digits = digestType === 2 ? 64 : digestType === 4 ? 96 : undefined;
  return keyTag <= 65_535 && algorithm >= 1 && algorithm <= 255 && digest.length === digits;
}
