import type * as pulumi from "@pulumi/pulumi";

/** The zone that a component makes a resource for. */
export interface NamedZone {
  readonly zoneId: pulumi.Input<string>;
  readonly zoneName: pulumi.Input<string>;
  readonly accountId: pulumi.Input<string>;
  /** Whether the program names primaries of the zone: presigned waits for them. */
  readonly hasPrimaries: boolean;
  /** Whether it is served already, and taken over as it is. */
  readonly isAdopted?: boolean;
  /** Whether it has several keys, each of which has a resource that is named after it. */
  readonly hasSeveralKeys?: boolean;
  /** Whether the program ends its signing after this resource, and only once resolvers have forgotten its DS. */
  readonly isSigningGuarded?: boolean;
  /** Its domain at the registrar, where the program publishes its DS. */
  readonly registrar?: RegistrarDomain | undefined;
}

interface RegistrarDomain {
  readonly domainId?: pulumi.Input<string> | undefined;
  readonly domainName?: pulumi.Input<string> | undefined;
  readonly profile?: pulumi.Input<string> | undefined;
}

const zones = new WeakMap<object, NamedZone>();

/** Lets a resource know its zone for the checks before a write. It is no input: no preview shows it and no state has it. */
export function inZone<Args extends object>(args: Args, zone: NamedZone): Args {
  zones.set(args, zone);
  return args;
}

/** What the provider is told of the zone; `check` takes it out of the inputs. */
export function transientZone(args: object): { readonly __zone?: pulumi.Input<NamedZone> } {
  const zone = zones.get(args);
  return zone === undefined ? {} : { __zone: { ...zone } };
}
