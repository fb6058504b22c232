import { fingerprintOfInputs } from "./fingerprint";
import { isUnknown } from "./unknown";

type Bag = Readonly<Record<string, unknown>>;

/** What `check` took out of the inputs of this run, found again by the inputs that it gave back. */
export class Transients {
  readonly #bags = new Map<string, Bag>();

  clear(): void {
    this.#bags.clear();
  }

  remember(inputs: Bag, transient: Bag): void {
    const known = Object.entries(transient).filter(([, value]) => !isUnknown(value));
    this.#bags.set(fingerprintOfInputs(inputs), Object.fromEntries(known));
  }

  of(inputs: Bag): Bag {
    return this.#bags.get(fingerprintOfInputs(inputs)) ?? {};
  }
}
