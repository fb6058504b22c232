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

/**
 * What a class adds to its arguments: the text that loads its other half, and which resource of the program it is.
 * `check` takes the latter out again. What `get` looks up is never checked, so it is left out there.
 */
export function hiddenInputs(
  { type, provider }: Registration,
  name: string,
  { id, parent }: pulumi.CustomResourceOptions,
): Readonly<Record<string, string>> {
  if (id !== undefined) return { __provider: provider };
  const types = [...typesAbove(parent), type].join("$");
  return {
    __provider: provider,
    __resource: `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${types}::${name}`,
  };
}

/** The types of a resource and of its parents, without the stack's, as URNs have them. */
function typesAbove(resource: pulumi.Resource | undefined): string[] {
  if (resource === undefined || !("__pulumiType" in resource)) return [];
  const type = String(resource.__pulumiType);
  const parent = "__parentResource" in resource ? resource.__parentResource : undefined;
  const above = typesAbove(pulumi.Resource.isInstance(parent) ? parent : undefined);
  return type === "pulumi:pulumi:Stack" ? above : [...above, type];
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
