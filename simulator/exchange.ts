import type { Fault, FaultList } from "./faults";
import { type ApiAnswer, type ApiRequest, jsonAnswer, type Service } from "./http";
import type { RateLimiter } from "./rate-limit";

/** How an answer reaches the client, if at all. */
export interface Delivery {
  readonly answer: ApiAnswer;
  readonly way: "whole" | "truncated" | "lost";
}

export interface Conditions {
  readonly faults: FaultList;
  readonly limiter: RateLimiter;
  readonly latencyMs: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

const HTML_PAGE = "<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Error</h1></body></html>";

/** Takes a request through rate limit, latency and faults to its service. Undefined: the service never saw it. */
export async function exchange(
  service: Service,
  request: ApiRequest,
  { faults, limiter, latencyMs, pause }: Conditions,
): Promise<Delivery | undefined> {
  const allowance = limiter.count(service.credentialOf(request), service.rateLimit());
  const deliver = (answer: ApiAnswer, way: Delivery["way"] = "whole"): Delivery => ({
    answer: { ...answer, headers: { ...service.headers(allowance), ...answer.headers } },
    way,
  });

  if (latencyMs() > 0) await pause(latencyMs());
  if (allowance.refused)
    return deliver(service.rateLimited(request, allowance.limit, allowance.resetSeconds));

  const fault = faults.take(service.name, request);
  switch (fault?.kind) {
    case undefined:
      return deliver(service.answer(request));
    case "delay":
      await pause(fault.milliseconds);
      return deliver(service.answer(request));
    case "reset":
      return undefined;
    case "lost-answer":
      return deliver(service.answer(request), "lost");
    case "truncated":
      return deliver(service.answer(request), "truncated");
    case "html":
      return deliver({ status: fault.status, headers: { "content-type": "text/html" }, body: HTML_PAGE });
    case "rate-limited":
      return deliver(service.rateLimited(request, allowance.limit, fault.retryAfterSeconds));
    case "status":
      return deliver(injected(fault, service, request));
  }
}

function injected(
  fault: Extract<Fault, { kind: "status" }>,
  service: Service,
  request: ApiRequest,
): ApiAnswer {
  const { status, body, headers = {} } = fault;
  if (body === undefined) {
    const own = service.failure(request, status);
    return { ...own, headers: { ...own.headers, ...headers } };
  }
  if (typeof body === "string")
    return { status, headers: { "content-type": "text/plain", ...headers }, body };
  return jsonAnswer(status, body, headers);
}
