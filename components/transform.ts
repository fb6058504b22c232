import * as pulumi from "@pulumi/pulumi";
import { calledAs } from "../provider/argument-paths";

/** Changes a child's arguments and options; whatever it leaves out stays as it was. */
export type Transform<Args> = (
  args: Args,
  options: pulumi.CustomResourceOptions,
) => { readonly args?: Partial<Args>; readonly options?: pulumi.CustomResourceOptions };

/**
 * The arguments and options of a child once the caller's transform has had its say. `paths` are what the program
 * calls the arguments, save those that the transform gives.
 */
export function apply<Args extends object>(
  transform: Transform<Args> | undefined,
  args: Args,
  options: pulumi.CustomResourceOptions,
  paths?: Readonly<Partial<Record<keyof Args & string, string>>>,
): [Args, pulumi.CustomResourceOptions] {
  const changed = transform?.(args, options);
  const called = Object.entries<string | undefined>(paths ?? {}).flatMap(([key, path]) =>
    path === undefined || key in (changed?.args ?? {}) ? [] : [[key, path] as const],
  );
  return [
    calledAs({ ...args, ...changed?.args }, Object.fromEntries(called)),
    pulumi.mergeOptions(options, changed?.options),
  ];
}
