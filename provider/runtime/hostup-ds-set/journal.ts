import { keepingObject, type Snapshot } from "../../engine/init-failure";
import type { DomainSet } from "./domain-set";
import { without } from "./plan";
import { outputsOf, type Standing } from "./standing";

/** What a run has come to so far: the state keeps it when the run fails. */
export class Journal {
  #standing: Standing;
  #isLeft = false;

  constructor(
    private readonly set: Pick<DomainSet, "domainId" | "domainName" | "zoneName" | "ds">,
    private readonly before: Standing,
  ) {
    this.#standing = { ...before, zoneName: set.zoneName, due: undefined };
  }

  /** Nothing was done: the state keeps what it has, and with it the order in which a destroy goes. */
  leave(): void {
    this.#isLeft = true;
  }

  get standing(): Standing {
    return this.#standing;
  }

  note(change: Standing | Partial<Standing>): void {
    this.#standing = { ...this.#standing, ...change };
  }

  /** With more that is true by then. */
  snapshot(change: Partial<Standing> = {}): Snapshot {
    const { domainId, domainName } = this.set;
    return { id: domainId, outputs: outputsOf(domainId, domainName, { ...this.#standing, ...change }) };
  }

  /** What to throw: what was published is the program's, and what was seen is not to be seen again. */
  failure(error: unknown): unknown {
    if (this.#isLeft) return error;
    const { ds } = this.set;
    // A refresh makes the engine forget that this failed.
    if (ds.length === 0 || without(this.#standing.own, ds).length > 0) this.note({ due: 0 });
    const { own, memory } = this.#standing;
    const isNews = own.length > 0 || memory !== undefined || this.before.signed !== undefined;
    return isNews ? keepingObject(this.snapshot(), error) : error;
  }
}
