import type * as pulumi from "@pulumi/pulumi";

/** What a preview has no id of, it creates or replaces. */
export async function isNew({ id }: pulumi.CustomResource): Promise<boolean> {
  return "isKnown" in id && (await id.isKnown) === false;
}
