import type { FaultRule } from "../../simulator";

export type Fault = FaultRule["fault"];
type Answer = Extract<Fault, { kind: "status" }>;

export const RAY = "8f1d2c3b4a5e6f70-ARN";
export const REQUEST_ID = "req_01hxa3b4c5d6e7f8g9h0j1k2m3";

/** Cloudflare's form of a failure. */
export function refusal(status: number, ...errors: readonly object[]): Answer {
  return {
    kind: "status",
    status,
    body: { success: false, errors, messages: [], result: null },
    headers: { "cf-ray": RAY },
  };
}

/** HostUp's form of a failure (RFC 9457). */
export function problem(status: number, document: object): Answer {
  return {
    kind: "status",
    status,
    body: { status, requestId: REQUEST_ID, ...document },
    headers: { "content-type": "application/problem+json" },
  };
}
