import * as pulumi from "@pulumi/pulumi";
import { refusal, shape } from "./check-args/problem";
import { isExisting } from "./existing-peer";
import type { Primary } from "./secondary-zone-args";

/**
 * The primaries, their addresses looked at as soon as they are known: an output that turns out to be nothing, as that of
 * another stack does whose name is misspelt, would take the address from a peer that is in use.
 */
export function checkedPrimaries(
  component: string,
  primaries: readonly Primary[] | null | undefined,
): readonly Primary[] {
  return (primaries ?? []).map((primary, index) => {
    if (isExisting(primary) || typeof primary.address === "string") return primary;
    const address = pulumi.output(primary.address).apply((text: unknown) => {
      if (typeof text === "string") return text;
      const path = `primaries[${index}].address`;
      const problem = { path, given: shape(text), allowed: "an IP address" };
      throw refusal(`SecondaryZone "${component}" cannot be created`, [problem]);
    });
    return { ...primary, address };
  });
}
