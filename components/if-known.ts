import * as pulumi from "@pulumi/pulumi";

/**
 * What the state does not have is unknown in a preview, and would show as a change of everything that hangs on it: what an
 * earlier release did not save is such, and what is there only once something has happened.
 */
export function ifKnown<Value>(output: pulumi.Output<Value>): pulumi.Output<Value | undefined> {
  const isKnown: unknown = "isKnown" in output ? output.isKnown : true;
  const known = pulumi.output(Promise.resolve(isKnown).then(Boolean));
  const nothing: pulumi.Output<Value | undefined> = pulumi.output(undefined);
  return known.apply((is): pulumi.Output<Value | undefined> => (is ? output : nothing));
}
