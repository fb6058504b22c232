import type { Fault, FaultList, FaultMessage } from "./faults";
import { type ApiAnswer, jsonAnswer, type RequestHead, type Service } from "./http";
import { isJsonObject } from "./merge-patch";
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

/**
 * Takes a request through rate limit, latency and faults to its service. Undefined: the service never saw it.
 * `readBody` gives undefined for a body that is too long.
 */
export async function exchange(
  service: Service,
  request: RequestHead,
  readBody: () => Promise<string | undefined>,
  { faults, limiter, latencyMs, pause }: Conditions,
): Promise<Delivery | undefined> {
  const allowance = limiter.count(service.credentialOf(request), service.rateLimit());
  const deliver = (answer: ApiAnswer, way: Delivery["way"] = "whole"): Delivery => ({
    answer: { ...answer, headers: { ...service.headers(allowance), ...answer.headers } },
    way,
  });

  const process = async (): Promise<ApiAnswer> => {
    const refusal = service.refusal(request);
    if (refusal) return refusal;
    const body = await readBody();
    return body === undefined ? page(413, { connection: "close" }) : service.answer({ ...request, body });
  };

  if (latencyMs() > 0) await pause(latencyMs());
  if (allowance.refused)
    return deliver(service.rateLimited(request, allowance.limit, allowance.resetSeconds));

  const fault = faults.take(service.name, request);
  switch (fault?.kind) {
    case undefined:
      return deliver(await process());
    case "delay":
      await pause(fault.milliseconds);
      return deliver(await process());
    case "reset":
      return undefined;
    case "lost-answer":
      return deliver(await process(), "lost");
    case "truncated":
      return deliver(await process(), "truncated");
    case "messages":
      return deliver(withMessages(await process(), fault.messages));
    case "html":
      return deliver(page(fault.status));
    case "rate-limited":
      return deliver(service.rateLimited(request, allowance.limit, fault.retryAfterSeconds));
    case "status":
      return deliver(injected(fault, service, request));
  }
}

function withMessages(answer: ApiAnswer, messages: readonly FaultMessage[]): ApiAnswer {
  const document: unknown = answer.body === "" ? undefined : JSON.parse(answer.body);
  if (!isJsonObject(document) || !("messages" in document)) return answer;
  return { ...answer, body: JSON.stringify({ ...document, messages }) };
}

/** As proxies before an API make them. */
function page(status: number, headers: ApiAnswer["headers"] = {}): ApiAnswer {
  return { status, headers: { "content-type": "text/html", ...headers }, body: HTML_PAGE };
}

function injected(
  fault: Extract<Fault, { kind: "status" }>,
  service: Service,
  request: RequestHead,
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
