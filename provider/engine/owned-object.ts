import { RefusedError } from "../core/errors";
import type { PropertyMap } from "./property-values";
import type { ProgramResource } from "./run-memory";
import { isUnknown } from "./unknown";

type Resource = Pick<ProgramResource<unknown>, "name" | "inputs" | "isInState" | "identities">;

/** An object that only one resource of a program may have. */
export interface OwnedObject<Key extends string = string> {
  /** As a message calls it, such as "the DNSSEC of a zone". */
  readonly what: string;
  /** Lists of inputs, each of which says which object it is; one without its first says nothing. */
  readonly by: readonly (readonly Key[])[];
  /** There can be several alike, and only a resource with `adopt` is about one that exists. */
  readonly isAdopted?: boolean;
}

/**
 * What two resources of one object have in common. Of what is not known yet nobody can tell, and what is reached by
 * other credentials may be another service.
 */
export function identitiesOf({ by }: OwnedObject, inputs: PropertyMap): string[] {
  const { profile } = inputs;
  return by.flatMap((keys) => {
    const values = keys.map((key) => inputs[key]);
    const says = !isUnknown([values, profile]) && values[0] !== undefined;
    return says ? [JSON.stringify([keys, values, profile])] : [];
  });
}

/** Why a resource cannot be beside the others of its program, or `undefined`. */
export function conflict(
  object: OwnedObject,
  resource: Resource,
  namesakes: readonly Resource[],
): string | undefined {
  const rival = namesakes.find((other) => !object.isAdopted || isAdopting(resource) || isAdopting(other));
  if (rival === undefined) return undefined;
  const keys =
    object.by.find((each) =>
      identitiesOf({ ...object, by: [each] }, rival.inputs).some((identity) =>
        resource.identities.includes(identity),
      ),
    ) ?? [];
  const these = keys.length === 1 ? `${keys} is that` : `${keys.join(", ")} are those`;
  const adopting = object.isAdopted ? ", and adopt is true for one of the two" : "";
  return `${these} of the resource "${shortName(rival)}" of this program${adopting}: ${object.what} belongs to one resource. ${advice(object)}`;
}

/** For two resources that turn out to have the same object. */
export function sharedObject(object: OwnedObject, id: string, rival: Resource): RefusedError {
  return new RefusedError(
    `${id} is already managed by the resource "${shortName(rival)}" of this program: ${object.what} belongs to one resource.\n${advice(object)}`,
  );
}

/** Told when the entry of an earlier resource goes, and what it remembers with it. */
export function forgotten(object: OwnedObject, id: string, before: unknown): string {
  return `The settings from before this program changed ${object.what} (${id}) are no longer recorded, so destroy will not restore them: ${JSON.stringify(before)}. The new resource was created without reading the old one. Next: with "up --replace" use --refresh too, and give a resource that is renamed its old name as an alias.`;
}

function advice({ isAdopted }: OwnedObject): string {
  return isAdopted
    ? "Next: use one of the two resources in place of the other, and take the other out of the program."
    : "Next: take one of the two out of the program.";
}

/** Only at create. */
function isAdopting({ inputs, isInState }: Resource): boolean {
  return inputs.adopt === true && !isInState;
}

/** As the program calls it. */
function shortName({ name = "" }: Resource): string {
  return name.slice(name.lastIndexOf("::") + 2);
}
