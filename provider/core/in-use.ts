import { fingerprintOfInputs } from "./fingerprint";

type Bag = Readonly<Record<string, unknown>>;

/**
 * What the program has in one run of the engine: its checked inputs, and the ids of their objects as they become
 * known. When the engine deletes such an id, it means the old entry of a resource that was renamed or replaced, maybe
 * by an earlier run that came no further, and the object is in use.
 */
export class InUse {
  readonly #ids = new Map<string, string | undefined>();

  clear(): void {
    this.#ids.clear();
  }

  checked(inputs: Bag): void {
    this.#ids.set(fingerprintOfInputs(inputs), undefined);
  }

  /** The object of these inputs is kept. A `diff` with inputs that nobody checked is that of a refresh. */
  kept(inputs: Bag, id: string): void {
    if (this.#ids.has(fingerprintOfInputs(inputs))) this.#ids.set(fingerprintOfInputs(inputs), id);
  }

  /** New, or half-made. */
  made(inputs: Bag, id: string): void {
    this.#ids.set(fingerprintOfInputs(inputs), id);
  }

  has(id: string): boolean {
    return [...this.#ids.values()].includes(id);
  }
}
