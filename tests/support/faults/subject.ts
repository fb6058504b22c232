import type fc from "fast-check";
import type { Simulator, State } from "../../../simulator";
import type { Kind, ModelStack } from "../engine-runs";
import type { Bag } from "../handlers";

/** What the program says of each resource, by name; one that is left out is not in the program. */
export type Wish = Readonly<Record<string, Bag | undefined>>;

/** Both sides between two runs: what the engine has saved, and what the server holds. */
export interface World {
  readonly simulator: Simulator;
  readonly stack: ModelStack;
  readonly server: State;
}

/** One kind of resource in the model. */
export interface Subject {
  readonly kind: Kind;
  /** What a program may say, by resource. */
  readonly wishes: Readonly<Record<string, fc.Arbitrary<Bag>>>;
  /** The inputs that say which object it is. */
  target(simulator: Simulator, name: string): Bag;
  /** What people do in consoles, by name: the change of the server's state (RFC 7386), if it makes sense. */
  readonly changes: Readonly<Record<string, (world: World) => object | undefined>>;
  /** Those whose left-overs nobody can tell from other people's objects. */
  readonly unmarked?: readonly string[];
  /** What stands there as far as destroy puts it back; where there is none, destroy leaves nothing. */
  standing?(world: World): unknown;
  /** Exactly the wanted objects, none twice, none lost, and the state as the server has them. */
  check(world: World): void;
}

export function zoneIn({ simulator, server }: World): State["zones"][string] {
  return first(server.zones, simulator.zones);
}

export function domainIn({ simulator, server }: World): State["domains"][string] {
  return first(server.domains, simulator.domains);
}

function first<Item>(items: Readonly<Record<string, Item>>, [one]: readonly { readonly id: string }[]): Item {
  const item = one && items[one.id];
  if (item === undefined) throw new Error("the simulator starts with a zone and a domain");
  return item;
}

export function outputsOf({ stack }: World, name: string): Bag | undefined {
  return stack.state.get(name)?.saved.outputs;
}

/** The outputs of all resources of a subject. */
export function savedOf(world: World, { wishes }: Pick<Subject, "wishes">): readonly Bag[] {
  return Object.keys(wishes)
    .map((name) => outputsOf(world, name))
    .filter((outputs) => outputs !== undefined);
}

export const byId = <Item extends { readonly id: unknown }>(items: readonly Item[]) =>
  [...items].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
