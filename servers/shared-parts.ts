import type { PrimaryZone, TransferKey, Zones } from "./primary-zone";
import { shortName } from "./zone-name";

/** A part of a configuration that stands there once, under a name by which others know it. */
export interface SharedPart<Part> {
  readonly name: string;
  readonly part: Part;
}

/** What the users of a configuration's parts need, each part once by its content, and with a name of its own. */
export class SharedParts<User, Part> {
  readonly #byContent = new Map<string, SharedPart<Part>>();
  readonly #partOf: (user: User) => Part;

  constructor(users: readonly User[], partOf: (user: User) => Part, nameOf: (part: Part) => string) {
    this.#partOf = partOf;
    const taken = new Set<string>();
    for (const part of users.map(partOf)) {
      const content = JSON.stringify(part);
      if (this.#byContent.has(content)) continue;
      const name = freeName(nameOf(part), taken);
      taken.add(name);
      this.#byContent.set(content, { name, part });
    }
  }

  get all(): readonly SharedPart<Part>[] {
    return [...this.#byContent.values()];
  }

  nameFor(user: User): string {
    const shared = this.#byContent.get(JSON.stringify(this.#partOf(user)));
    if (shared === undefined) throw new Error("this part was not asked for");
    return shared.name;
  }
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${count}`;
  return name;
}

/** What parts of a single zone are named after, so that two zones' texts do not clash in one file. */
export function onlyZone([first, ...others]: Zones): string | undefined {
  return others.length === 0 ? shortName(first.name) : undefined;
}

/** Each key with each zone that has it. */
export interface KeyOfZone {
  readonly zone: PrimaryZone;
  readonly key: TransferKey;
}

export function keysOfEach(zones: readonly PrimaryZone[]): readonly KeyOfZone[] {
  return zones.flatMap((zone) => zone.keys.map((key) => ({ zone, key })));
}

/** Every key of the zones, once. */
export function keysOf(zones: Zones): readonly TransferKey[] {
  return [...new Map(zones.flatMap(({ keys }) => keys.map((key) => [key.name, key]))).values()];
}
