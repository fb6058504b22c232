import { z } from "zod";
import type { ApiRequest, ServiceName } from "./http";
import { compilePathGlob } from "./path-glob";

const status = z.int().min(200).max(599);
const milliseconds = z.int().min(0);

const faultSchema = z.discriminatedUnion("kind", [
  /** Answered without processing; a body that is not text is sent as JSON, none as the service's own error. */
  z.strictObject({
    kind: z.literal("status"),
    status,
    body: z.json().exactOptional(),
    headers: z.record(z.string(), z.string()).exactOptional(),
  }),
  /** Processed, then the connection dies. */
  z.strictObject({ kind: z.literal("lost-answer") }),
  /** The connection dies before anything is processed. */
  z.strictObject({ kind: z.literal("reset") }),
  z.strictObject({ kind: z.literal("delay"), milliseconds }),
  /** Answered without processing by a page such as a proxy makes. */
  z.strictObject({ kind: z.literal("html"), status }),
  /** Processed; the headers are right and the JSON ends too soon. */
  z.strictObject({ kind: z.literal("truncated") }),
  z.strictObject({ kind: z.literal("rate-limited"), retryAfterSeconds: z.int().min(0) }),
]);

export const faultRuleSchema = z.strictObject({
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).exactOptional(),
  /** A glob over the path after the base: `*` is one segment, `**` any rest. */
  path: z.string().startsWith("/").exactOptional(),
  service: z.enum(["cloudflare", "hostup"]).exactOptional(),
  /** How many matching requests it hits; null is for ever. */
  count: z.int().min(1).nullable().default(1),
  /** How many matching requests it lets pass first. */
  after: z.int().min(0).default(0),
  fault: faultSchema,
});

export type Fault = z.infer<typeof faultSchema>;
export type FaultRule = z.infer<typeof faultRuleSchema>;

export class FaultList {
  #rules: FaultRule[] = [];

  add(rule: FaultRule): void {
    this.#rules.push({ ...rule });
  }

  list(): readonly FaultRule[] {
    return this.#rules;
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault for this request, from the first rule that is due; uses the rule up. */
  take(service: ServiceName, request: ApiRequest): Fault | undefined {
    for (const rule of this.#rules) {
      if (!matches(rule, service, request)) continue;
      if (rule.after > 0) {
        rule.after -= 1;
        continue;
      }
      if (rule.count !== null) {
        rule.count -= 1;
        if (rule.count === 0) this.#rules = this.#rules.filter((other) => other !== rule);
      }
      return rule.fault;
    }
    return undefined;
  }
}

function matches(rule: FaultRule, service: ServiceName, request: ApiRequest): boolean {
  return (
    (rule.service === undefined || rule.service === service) &&
    (rule.method === undefined || rule.method === request.method) &&
    (rule.path === undefined || compilePathGlob(rule.path).test(request.path))
  );
}
