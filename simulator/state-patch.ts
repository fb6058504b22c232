import { isDeepStrictEqual } from "node:util";
import { isJsonObject, mergePatch } from "./merge-patch";
import { settleState } from "./settle-state";
import { lookUp, type State, type World } from "./state";
import { describeIssues, stateSchema } from "./state-schema";

/** Says which member of a state patch is wrong, and why. */
export class InvalidPatch extends Error {
  override readonly name = "InvalidPatch";
}

/**
 * Changes the state by an RFC 7386 merge patch and lets the state machines react. A patch that asks for
 * something unknown, ill-typed or impossible changes nothing and throws.
 */
export function patchState(world: World, patch: unknown): void {
  if (!isJsonObject(patch)) throw new InvalidPatch("the patch must be a JSON object");
  const parsed = stateSchema.safeParse(mergePatch(world.state, patch));
  if (!parsed.success) throw new InvalidPatch(describeIssues(parsed.error));
  const state = parsed.data;
  requireKnownAccounts(state);
  const wanted: unknown = JSON.parse(JSON.stringify(state));
  settleState({ state, now: world.now }, world.state);
  requireOutcome(patch, wanted, state, []);
  world.state = state;
}

function requireKnownAccounts({ accounts, zones, tsigs, peers, acls }: State): void {
  for (const [kind, members] of Object.entries({ zones, tsigs, peers, acls })) {
    for (const { id, accountId } of Object.values(members)) {
      if (!lookUp(accounts, accountId)) throw new InvalidPatch(`${kind}.${id}.accountId: no such account`);
    }
  }
}

/**
 * What was asked for must hold once the state machines have reacted: else it was impossible. It counts
 * as the schema understood it (`wanted`), which has normal forms.
 */
function requireOutcome(asked: unknown, wanted: unknown, outcome: unknown, path: readonly string[]): void {
  if (isJsonObject(asked)) {
    const member = (of: unknown, key: string) => (isJsonObject(of) ? lookUp(of, key) : undefined);
    for (const [key, value] of Object.entries(asked)) {
      requireOutcome(value, member(wanted, key), member(outcome, key), [...path, key]);
    }
    return;
  }
  if (isDeepStrictEqual(asked === null ? null : wanted, outcome ?? null)) return;
  const [given, instead] = [JSON.stringify(asked), JSON.stringify(outcome)];
  throw new InvalidPatch(`${path.join(".")}: cannot be ${given}, would become ${instead}`);
}
