import { z } from "zod";
import { isJsonObject } from "../merge-patch";
import type { Switches } from "../switches";

/** The schema of a body in which a null is what the switch says: left out, or what the schema makes of it. */
export function withNulls<Value>(
  nullFields: Switches["nullFields"],
  schema: z.ZodType<Value>,
): z.ZodType<Value> {
  return nullFields === "refuse" ? schema : z.preprocess(withoutNulls, schema);
}

function withoutNulls(body: unknown): unknown {
  return isJsonObject(body)
    ? Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))
    : body;
}
