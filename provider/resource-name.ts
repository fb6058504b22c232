import * as pulumi from "@pulumi/pulumi";

/**
 * Which resource of the program it is, in the form of a URN. The engine tells a provider nothing of the kind, and
 * the resource itself knows its URN only later.
 */
export function resourceName(type: string, name: string, parent: pulumi.Resource | undefined): string {
  const types = [...typesAbove(parent), type].join("$");
  return `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${types}::${name}`;
}

/** The types of a resource and of its parents, without the stack's, as URNs have them. */
function typesAbove(resource: pulumi.Resource | undefined): string[] {
  if (resource === undefined || !("__pulumiType" in resource)) return [];
  const type = String(resource.__pulumiType);
  const parent = "__parentResource" in resource ? resource.__parentResource : undefined;
  const above = typesAbove(pulumi.Resource.isInstance(parent) ? parent : undefined);
  return type === "pulumi:pulumi:Stack" ? above : [...above, type];
}
