import * as pulumi from "@pulumi/pulumi";

/**
 * The engine has a dynamic provider read an object that is imported without the provider's code, and the SDK fails with
 * "code must be a string" (https://github.com/pulumi/pulumi/issues/7534). Said here in a sentence.
 */
export function mustNotImport(
  label: string,
  { import: id }: pulumi.CustomResourceOptions,
  hasAdopt: boolean,
): void {
  if (!id) return;
  const next = hasAdopt
    ? "remove the option and set adopt to true, which takes over the object that exists"
    : "remove the option: without it what exists is taken over";
  throw new pulumi.RunError(
    `${label} has the option import, which does not work for dynamic providers.\nNext: ${next}.`,
  );
}
