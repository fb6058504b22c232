import type { DsData } from "../../dns/ds";
import { rdataOf } from "../../dns/ds-text";
import { parseLines } from "./lines";

/** Which DS records the DS sets of a program have in one run: a resource of one of them that goes leaves it to the set. */
export class WantedRecords {
  readonly #texts = new Map<string, ReadonlySet<string>>();

  clear(): void {
    this.#texts.clear();
  }

  /** A set is to be so; what is not known yet says nothing. */
  note(domainId: string, text: unknown): void {
    const lines = typeof text === "string" ? parseLines(text) : undefined;
    if (lines !== undefined && !("problem" in lines))
      this.#texts.set(domainId, new Set(lines.ds.map(rdataOf)));
  }

  has(domainId: string, ds: DsData): boolean {
    return this.#texts.get(domainId)?.has(rdataOf(ds)) ?? false;
  }
}
