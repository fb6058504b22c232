import * as pulumi from "@pulumi/pulumi";
import { transientPaths } from "./argument-paths";
import { transientOutputs } from "./given-outputs";
import { mustNotImport } from "./import-option";
import { mustBeInstalled } from "./installed";
import { transientZone } from "./named-zone";
import { resourceName } from "./resource-name";
import { pauseStackTraces } from "./stack-traces";

/** What ties a class to its other half; state files hold type and provider, so they never change. */
export interface Registration {
  readonly type: string;
  readonly provider: string;
  /** Every property of the class by name: without a place for it here none of them is there before the engine answers. */
  readonly outputs: Readonly<Record<string, undefined>>;
}

type OutputsOf<Resource> = Readonly<Record<Exclude<keyof Resource, keyof pulumi.CustomResource>, undefined>>;

/**
 * The engine's dynamic-provider server runs `provider` and calls `handler()`. `pulumi.dynamic.Resource`
 * would serialize a closure here; a text that loads the installed package is the same on every
 * machine, needs no serializer, and lets `destroy` and `refresh` run today's code.
 */
export function register<Resource extends ManagedResource>(
  className: string,
  runtimeName: string,
  outputs: OutputsOf<Resource>,
): Registration {
  return {
    type: `${TYPE_PREFIX}${className}`,
    provider: `exports.handler=()=>require("pulumi-secondary-dns/runtime").${runtimeName}`,
    outputs,
  };
}

const TYPE_PREFIX = "pulumi-nodejs:dynamic/secondary-dns:";

/** What all resource classes are. */
export abstract class ManagedResource extends pulumi.CustomResource {
  /**
   * `inputs` are the arguments and what the class adds to them, `args` the object that the caller gave. What is
   * looked up is never checked, so the provider is not told there what `check` takes out again.
   */
  protected constructor(
    { type, provider, outputs }: Registration,
    name: string,
    args: object,
    options: pulumi.CustomResourceOptions,
    inputs: object = args,
  ) {
    mustBeInstalled();
    mustNotImport(`${type.slice(TYPE_PREFIX.length)} "${name}"`, options, "adopt" in outputs);
    const transient =
      options.id === undefined
        ? {
            ...transientZone(args),
            ...transientPaths(args),
            ...transientOutputs(inputs),
            __resource: resourceName(type, name, options.parent),
          }
        : {};
    const stackTraces = pauseStackTraces();
    try {
      super(type, name, { ...outputs, ...inputs, ...transient, __provider: provider }, options);
    } catch (error) {
      stackTraces.resume(error);
      throw error;
    }
    stackTraces.resume();
  }
}

/** Options of `get`: Pulumi's own, and where to look the object up. */
export interface GetOptions extends pulumi.CustomResourceOptions {
  /** The credentials to read with; see `profile` of each resource. */
  readonly profile?: pulumi.Input<string>;
}

/** What a constructor takes to look an object up rather than to manage it; `get` says it in fewer words. */
export type LookupOptions = pulumi.CustomResourceOptions & { readonly id: pulumi.Input<pulumi.ID> };
export type Lookup = Pick<GetOptions, "profile">;

/** What `get` gives its constructor. */
export function lookUp(
  id: pulumi.Input<pulumi.ID>,
  { profile, ...options }: GetOptions = {},
): [Lookup, LookupOptions] {
  return [profile === undefined ? {} : { profile }, { ...options, id }];
}

/** The options with more secret outputs: a provider cannot mark what it makes as secret by itself. */
export function withSecretOutputs(
  options: pulumi.CustomResourceOptions,
  ...names: string[]
): pulumi.CustomResourceOptions {
  return pulumi.mergeOptions(options, { additionalSecretOutputs: names });
}

/** Whether a value is a resource of this type, also when two copies of the package are loaded. */
export function hasType(value: unknown, { type }: Registration): boolean {
  return pulumi.Resource.isInstance(value) && "__pulumiType" in value && value.__pulumiType === type;
}
