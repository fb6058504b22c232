import type { RequestHead, ServiceName } from "./http";
import { compilePathGlob } from "./path-glob";

export type Fault =
  /** Answered without processing; a body that is not text is sent as JSON, none as the service's own error. */
  | { kind: "status"; status: number; body?: unknown; headers?: Record<string, string> }
  /** Processed, then the connection dies. */
  | { kind: "lost-answer" }
  /** The connection dies before anything is processed. */
  | { kind: "reset" }
  | { kind: "delay"; milliseconds: number }
  /** Answered without processing by a page such as a proxy makes. */
  | { kind: "html"; status: number }
  /** Processed; the headers are right and the JSON ends too soon. */
  | { kind: "truncated" }
  | { kind: "rate-limited"; retryAfterSeconds: number }
  /** Processed; where the answer is Cloudflare's envelope, it says these besides its result. */
  | { kind: "messages"; messages: readonly FaultMessage[] };

export interface FaultMessage {
  code: number;
  message: string;
  documentation_url?: string;
}

/** What goes wrong with which requests: `POST _control/faults`. Left out, a condition holds for all. */
export interface FaultRule {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** A glob over the path after the base: `*` is one segment, `**` any rest. */
  path?: string;
  service?: ServiceName;
  /** How many matching requests it hits; null is for ever. 1 by default. */
  count: number | null;
  /** How many matching requests it lets pass first. 0 by default. */
  after: number;
  fault: Fault;
}

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
  take(service: ServiceName, request: RequestHead): Fault | undefined {
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

function matches(rule: FaultRule, service: ServiceName, request: RequestHead): boolean {
  return (
    (rule.service === undefined || rule.service === service) &&
    (rule.method === undefined || rule.method === request.method) &&
    (rule.path === undefined || compilePathGlob(rule.path).test(request.path))
  );
}
