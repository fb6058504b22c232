import * as pulumi from "@pulumi/pulumi";
import { parseZoneName } from "../servers/zone-name";
import { refusal } from "./check-args/problem";

/**
 * The zone's name, looked at as soon as it is known: one that is not given as a plain string is known only then, and a
 * child that takes the name waits for this. A plain string was looked at with the other arguments.
 */
export function checkedZoneName(component: string, zoneName: pulumi.Input<string>): pulumi.Input<string> {
  if (typeof zoneName === "string") return zoneName;
  return pulumi.output(zoneName).apply((text: unknown) => {
    const parsed = parseZoneName(text);
    if ("problems" in parsed)
      throw refusal(`SecondaryZone "${component}" cannot be created`, parsed.problems);
    return String(text);
  });
}
