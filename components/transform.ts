import * as pulumi from "@pulumi/pulumi";

/** Changes a child's arguments and options; what it leaves out stays as it was. */
export type Transform<Args> = (
  args: Args,
  options: pulumi.CustomResourceOptions,
) => { readonly args?: Partial<Args>; readonly options?: pulumi.CustomResourceOptions };

/** The arguments and options of a child once the caller's transform has had its say. */
export function apply<Args>(
  transform: Transform<Args> | undefined,
  args: Args,
  options: pulumi.CustomResourceOptions,
): [Args, pulumi.CustomResourceOptions] {
  const changed = transform?.(args, options);
  return [{ ...args, ...changed?.args }, pulumi.mergeOptions(options, changed?.options)];
}
