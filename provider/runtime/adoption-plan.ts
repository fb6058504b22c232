import type { Holder } from "../engine/run-memory";

/** What creating means where names are not unique, so that an object of this name may stand there already. */
export type CreatePlan<Item> =
  | { readonly kind: "create" }
  /** It exists already: left by a run that was killed, or to be adopted. */
  | { readonly kind: "take"; readonly item: Item }
  | { readonly kind: "refuse"; readonly reason: string };

/** What the run has shown of the resource that is to be made, and of the others. */
export interface Surroundings<Item> {
  readonly adopt: boolean;
  /** It has an object already, which another is to replace. */
  readonly isReplacing?: boolean;
  holderOf?(item: Item): Holder;
}

export interface Standing<Item> extends Surroundings<Item> {
  /** Such as `TSIG "cf.example.com." in account 01…`. */
  readonly what: string;
  readonly namesakes: readonly Item[];
  /** Those of them that an earlier run of the resource may have left: they hold what is wanted, or nothing yet. */
  readonly exact: readonly Item[];
  /** Whether only an earlier run of the same resource can have made those. */
  readonly isOurs: boolean;
}

export function planCreate<Item extends { readonly id: string }>(standing: Standing<Item>): CreatePlan<Item> {
  const { what, isOurs, adopt, isReplacing = false, holderOf = () => undefined } = standing;
  const free = (items: readonly Item[]) => items.filter((item) => holderOf(item) !== "another resource");
  const exact = free(standing.exact);
  if (adopt) {
    const namesakes = free(standing.namesakes);
    const [meant, ...others] = exact.length === 1 ? exact : namesakes;
    if (meant === undefined) return { kind: "create" };
    if (others.length === 0) return { kind: "take", item: meant };
    return {
      kind: "refuse",
      reason: `Cannot adopt ${what}: there are ${namesakes.length} of that name (${idsOf(namesakes)}).\nNext: delete those that are not used, then run the command again.`,
    };
  }
  if (isReplacing) return { kind: "create" };
  // What the state has is nothing that a run left behind, whether the program still has a resource for it or not.
  const left = isOurs ? exact : exact.filter((item) => holderOf(item) === undefined);
  const [first] = left;
  if (first === undefined) return { kind: "create" };
  if (isOurs) return { kind: "take", item: first };
  return {
    kind: "refuse",
    reason: `Did not create ${what}: one already exists, left by an interrupted run or created by somebody else (${idsOf(left)}).\nNext: if the resource was renamed in the program, give it the old name as an alias (if an "up" without the alias has failed since, go back to the old name first, run "pulumi up", then rename it with the alias); otherwise set adopt to true to take it over (in a SecondaryZone by transform), or delete it when nothing uses it. With "up --replace" it is the resource's own: add --refresh.`,
  };
}

const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id).join(", ");
