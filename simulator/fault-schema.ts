import { z } from "zod";
import type { Fault, FaultMessage, FaultRule } from "./faults";
import type { SchemasOf } from "./schemas-of";

const status = z.int().min(200).max(599);
const whole = z.int().min(0);

type Of<Kind extends Fault["kind"]> = SchemasOf<Extract<Fault, { kind: Kind }>>;

const faultSchema: z.ZodType<Fault> = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("status"),
    status,
    body: z.json().exactOptional(),
    headers: z.record(z.string(), z.string()).exactOptional(),
  } satisfies Of<"status">),
  z.strictObject({ kind: z.literal("lost-answer") } satisfies Of<"lost-answer">),
  z.strictObject({ kind: z.literal("reset") } satisfies Of<"reset">),
  z.strictObject({ kind: z.literal("delay"), milliseconds: whole } satisfies Of<"delay">),
  z.strictObject({ kind: z.literal("html"), status } satisfies Of<"html">),
  z.strictObject({ kind: z.literal("truncated") } satisfies Of<"truncated">),
  z.strictObject({ kind: z.literal("rate-limited"), retryAfterSeconds: whole } satisfies Of<"rate-limited">),
  z.strictObject({
    kind: z.literal("messages"),
    messages: z.array(
      z.strictObject({
        code: whole,
        message: z.string(),
        documentation_url: z.string().exactOptional(),
      } satisfies SchemasOf<FaultMessage>),
    ),
  } satisfies Of<"messages">),
]);

export const faultRuleSchema = z.strictObject({
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).exactOptional(),
  path: z.string().startsWith("/").exactOptional(),
  service: z.enum(["cloudflare", "hostup"]).exactOptional(),
  count: z.int().min(1).nullable().default(1),
  after: whole.default(0),
  fault: faultSchema,
} satisfies SchemasOf<FaultRule>);
