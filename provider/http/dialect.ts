import type { ApiProblem, CallContext, Method } from "../core/errors";
import type { RateLimiterOptions } from "./rate-limiter";
import type { HttpResponse } from "./transport";

/** What a service's response says once its own envelope is taken off. */
export type Reading =
  /** `notices`: what it says beside. */
  | { readonly kind: "result"; readonly result: unknown; readonly notices?: readonly string[] }
  | { readonly kind: "refusal"; readonly problems: readonly ApiProblem[]; readonly requestId?: string }
  /** Not in the service's own form: a proxy's page, or a body that was cut off. */
  | { readonly kind: "unreadable"; readonly reason: string };

/** How one service differs from another: its headers, its envelope, its advice. */
export interface Dialect {
  readonly service: CallContext["service"];
  readonly baseUrl: URL;
  readonly headers: () => Readonly<Record<string, string>>;
  /** What to assume while the service says nothing of its rate limit. */
  readonly fallbackLimit?: NonNullable<RateLimiterOptions["fallback"]>;
  read(response: HttpResponse): Reading;
  requestId(response: HttpResponse): string | undefined;
  hint(refusal: Refusal): string;
}

export interface Refusal {
  readonly method: Method;
  readonly status: number;
  readonly problems: readonly ApiProblem[];
  readonly permission: string;
  /** Seconds that `Retry-After` asks for. */
  readonly retryAfter: number | undefined;
}
