import * as pulumi from "@pulumi/pulumi";

/**
 * The arguments that come from other resources, with how many values each is to have. With `--continue-on-error` the
 * engine leaves out what comes from a resource that has failed, and only the program can tell that from an argument that
 * was never given. A preview has a sign of its own for what is not known.
 */
export function transientOutputs(inputs: object): { readonly __outputs?: Readonly<Record<string, number>> } {
  if (pulumi.runtime.isDryRun()) return {};
  const counts = Object.entries(inputs).flatMap(([key, value]): [string, number][] => {
    if (Array.isArray(value)) return value.some(isOutput) ? [[key, value.length]] : [];
    return isOutput(value) ? [[key, 1]] : [];
  });
  return counts.length === 0 ? {} : { __outputs: Object.fromEntries(counts) };
}

function isOutput(value: unknown): boolean {
  return pulumi.Output.isInstance(value);
}
