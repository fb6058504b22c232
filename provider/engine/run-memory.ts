import { isDeepStrictEqual } from "node:util";
import { fingerprintOfInputs } from "./fingerprint";
import type { PropertyMap } from "./property-values";
import { BEFORE } from "./saved-outputs";
import { isUnknown } from "./unknown";

/** Which resource of the program it is: the classes give it, so that two resources never look like one. */
export const RESOURCE = "__resource";

/** What one `check` has shown of a resource. */
export interface Sighting<Inputs> {
  /** As `check` gives them back. */
  readonly inputs: PropertyMap;
  /** What it took out of them. */
  readonly transient: PropertyMap;
  /** The inputs once more where all of them are known and right. */
  readonly parsed: Inputs | undefined;
  /** Whether there were old inputs. A replacement is checked a second time without. */
  readonly isInState: boolean;
  /** Each says which object it is: another resource with the same one would have the same object. */
  readonly identities: readonly string[];
}

/** A resource of the program. */
export interface ProgramResource<Inputs> extends Sighting<Inputs> {
  /** Nothing where the class does not give it. */
  readonly name: string | undefined;
  /** The object that the state has for it, which it may be about to lose. */
  asked?: string | undefined;
  /** The object that it surely has, and what stood there before. */
  has?: { readonly id: string; readonly before: unknown };
}

/** Who has an object: another resource of the program, or an entry of the state whose resource may be gone. */
export type Holder = "another resource" | "the state" | undefined;

/**
 * What the engine has shown of one kind of resource in one run: `configure` begins another. Inputs are all that its
 * calls have in common, so a resource is found by them.
 */
export class RunMemory<Inputs> {
  readonly #byInputs = new Map<string, ProgramResource<Inputs>>();
  readonly #byName = new Map<string, ProgramResource<Inputs>>();
  readonly #byIdentity = new Index<ProgramResource<Inputs>>();
  readonly #byObject = new Index<ProgramResource<Inputs>>();
  /** The saved outputs of what the state has, by the id of the object. */
  readonly #entries = new Map<string, PropertyMap>();

  clear(): void {
    for (const each of [this.#byInputs, this.#byName, this.#byIdentity, this.#byObject, this.#entries])
      each.clear();
  }

  /** Of a resource that was seen before, only what the state has for it stays known. */
  checked(sighting: Sighting<Inputs>): ProgramResource<Inputs> {
    const { inputs, identities } = sighting;
    const known = Object.entries(sighting.transient).filter(([, value]) => !isUnknown(value));
    const { [RESOURCE]: given, ...transient } = Object.fromEntries(known);
    const name = typeof given === "string" ? given : undefined;
    const key = fingerprintOfInputs(inputs);
    const earlier = name === undefined ? this.#byInputs.get(key) : this.#byName.get(name);
    const isInState = sighting.isInState || earlier?.isInState === true;
    const resource = { ...sighting, name, transient, isInState, asked: earlier?.asked };
    this.#byInputs.set(key, resource);
    if (name !== undefined) this.#byName.set(name, resource);
    for (const identity of identities) this.#byIdentity.add(identity, resource);
    if (resource.asked !== undefined) this.#byObject.add(resource.asked, resource);
    return resource;
  }

  /** Nothing for inputs that nobody has checked, such as those that a refresh compares. */
  resourceOf(inputs: PropertyMap): ProgramResource<Inputs> | undefined {
    return this.#byInputs.get(fingerprintOfInputs(inputs));
  }

  /** Other resources of the program that would have the same object. */
  namesakesOf(resource: ProgramResource<Inputs>): readonly ProgramResource<Inputs>[] {
    return resource.identities
      .flatMap((identity) => this.#byIdentity.at(identity))
      .filter((other) => this.#isAnother(other, resource));
  }

  /** Something that the state has, with its saved outputs. */
  entry(id: string, outputs: PropertyMap): void {
    this.#entries.set(id, outputs);
  }

  entryOf(id: string): PropertyMap | undefined {
    return this.#entries.get(id);
  }

  gone(id: string): void {
    this.#entries.delete(id);
  }

  /** The state has this object for it. Kept if no input differs; else an update tells, as the engine may replace by itself. */
  asked(resource: ProgramResource<Inputs>, id: string, outputs: PropertyMap): void {
    resource.asked = id;
    if (isUnchanged(outputs, resource.inputs)) resource.has = { id, before: outputs[BEFORE] };
    this.#byObject.add(id, resource);
  }

  /** Made, half-made or kept. */
  has(resource: ProgramResource<Inputs>, id: string, before: unknown): void {
    resource.has = { id, before };
    this.#byObject.add(id, resource);
  }

  /** The resource that has the object now, so that the entry of an earlier one may go without it. */
  userOf(id: string): ProgramResource<Inputs> | undefined {
    return this.#byObject.at(id).find((each) => this.#isCurrent(each) && each.has?.id === id);
  }

  /** Another resource of the program that has the object; with other credentials it may be another service's. */
  rivalFor(id: string, resource: ProgramResource<Inputs> | undefined): ProgramResource<Inputs> | undefined {
    return this.#byObject
      .at(id)
      .filter(({ inputs }) => inputs.profile === resource?.inputs.profile)
      .find((each) => this.#isAnother(each, resource) && (each.asked === id || each.has?.id === id));
  }

  holderOf(id: string, resource: ProgramResource<Inputs> | undefined): Holder {
    if (this.rivalFor(id, resource)) return "another resource";
    return this.#entries.has(id) ? "the state" : undefined;
  }

  /** Without a name nobody can tell one resource that is checked twice from two. */
  #isAnother(each: ProgramResource<Inputs>, resource: ProgramResource<Inputs> | undefined): boolean {
    return each.name !== undefined && each.name !== resource?.name && this.#isCurrent(each);
  }

  #isCurrent(each: ProgramResource<Inputs>): boolean {
    return (each.name === undefined ? this.resourceOf(each.inputs) : this.#byName.get(each.name)) === each;
  }
}

/** Several values at a key. */
class Index<Value> {
  readonly #values = new Map<string, Set<Value>>();

  clear(): void {
    this.#values.clear();
  }

  add(key: string, value: Value): void {
    this.#values.set(key, (this.#values.get(key) ?? new Set()).add(value));
  }

  at(key: string): Value[] {
    return [...(this.#values.get(key) ?? [])];
  }
}

/** Whether the saved outputs, which echo the inputs, have them all. */
function isUnchanged(outputs: PropertyMap, inputs: PropertyMap): boolean {
  return Object.keys(inputs).every((key) => isDeepStrictEqual(inputs[key], outputs[key]));
}
