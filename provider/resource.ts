import * as pulumi from "@pulumi/pulumi";

/** What ties a class to its other half; state files hold both texts, so they never change. */
export interface Registration {
  readonly type: string;
  readonly provider: string;
}

/**
 * The engine's dynamic-provider server runs `provider` and calls `handler()`. `pulumi.dynamic.Resource`
 * would serialize a closure here; a text that loads the installed package is the same on every
 * machine, needs no serializer, and lets `destroy` and `refresh` run today's code.
 */
export function register(className: string, runtimeName: string): Registration {
  return {
    type: `pulumi-nodejs:dynamic/secondary-dns:${className}`,
    provider: `exports.handler=()=>require("pulumi-secondary-dns/runtime").${runtimeName}`,
  };
}

/** Options of `get`: where to look the object up, beside Pulumi's own. */
export interface GetOptions extends pulumi.CustomResourceOptions {
  /** The credentials to read with; see `profile` of each resource. */
  readonly profile?: pulumi.Input<string>;
}

/** What a constructor takes to look an object up rather than to manage it; `get` says it in fewer words. */
export type LookupOptions = pulumi.CustomResourceOptions & { readonly id: pulumi.Input<pulumi.ID> };
export type Lookup = Pick<GetOptions, "profile">;

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
