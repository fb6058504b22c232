import type { z } from "zod";
import { ApiError, type ApiProblem, type CallContext, UnexpectedAnswerError } from "./errors";
import { redact } from "./secret";
import type { HttpAnswer, Method, Transport } from "./transport";

/** What a service's answer says once its own envelope is taken off. */
export type Reading =
  | { readonly kind: "result"; readonly result: unknown }
  | { readonly kind: "refusal"; readonly problems: readonly ApiProblem[]; readonly requestId?: string }
  /** Not in the service's own form: a proxy's page, or a body that was cut off. */
  | { readonly kind: "unreadable"; readonly reason: string };

/** How one service differs from another: its headers, its envelope, its advice. */
export interface Dialect {
  readonly service: CallContext["service"];
  readonly baseUrl: URL;
  readonly headers: () => Readonly<Record<string, string>>;
  read(answer: HttpAnswer): Reading;
  requestId(answer: HttpAnswer): string | undefined;
  hint(refusal: Refusal): string;
}

export interface Refusal {
  readonly status: number;
  readonly problems: readonly ApiProblem[];
  readonly permission: string;
  readonly retryAfter: string | undefined;
}

export interface ApiCall<Result> {
  /** Verb and object for the error message. */
  readonly operation: string;
  readonly method: Method;
  /** Path parts after the base URL, not yet encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly result: z.ZodType<Result>;
  /** What the credential must be allowed to do, in the service's own words. */
  readonly permission: string;
}

export class ApiClient {
  constructor(
    private readonly transport: Transport,
    private readonly dialect: Dialect,
  ) {}

  /** Sends the call and gives back its result, checked; every other outcome is an error that teaches. */
  async call<Result>(call: ApiCall<Result>): Promise<Result> {
    const context = this.context(call);
    const answer = await this.transport.send({
      ...context,
      headers: {
        ...this.dialect.headers(),
        ...(call.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    const reading = this.dialect.read(answer);
    switch (reading.kind) {
      case "refusal":
        throw this.refusal(call, context, answer, reading);
      case "unreadable":
        throw this.unreadable(context, answer, reading.reason);
      case "result": {
        const parsed = call.result.safeParse(reading.result);
        if (parsed.success) return parsed.data;
        const places = parsed.error.issues.map(
          (issue) => `${issue.path.join(".") || "result"}: ${issue.message}`,
        );
        throw this.unreadable(context, answer, `an unexpected result (${places.join("; ")})`);
      }
    }
  }

  private context({ operation, method, path, query }: ApiCall<unknown>): CallContext {
    const url = new URL(this.dialect.baseUrl);
    url.pathname += `/${path.map(encodeURIComponent).join("/")}`;
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    return { service: this.dialect.service, operation, method, url: url.href };
  }

  private refusal(
    call: ApiCall<unknown>,
    context: CallContext,
    answer: HttpAnswer,
    reading: Extract<Reading, { kind: "refusal" }>,
  ): ApiError {
    const problems = reading.problems.map((problem) => ({
      ...problem,
      message: redact(problem.message),
    }));
    const { status } = answer;
    const retryAfter = answer.header("retry-after");
    const hint = this.dialect.hint({ status, problems, permission: call.permission, retryAfter });
    const requestId = reading.requestId ?? this.dialect.requestId(answer);
    return new ApiError({
      ...context,
      status,
      problems,
      hint,
      ...(requestId === undefined ? {} : { requestId }),
    });
  }

  private unreadable(context: CallContext, answer: HttpAnswer, reason: string): UnexpectedAnswerError {
    const requestId = this.dialect.requestId(answer);
    const { status } = answer;
    const hint =
      status >= 500 || status === 429
        ? `${context.service} or a proxy before it is in trouble: wait a little, then run the command again.`
        : `check the base URL, and that no proxy answers in place of ${context.service}.`;
    return new UnexpectedAnswerError({
      ...context,
      status,
      reason,
      hint,
      ...(requestId === undefined ? {} : { requestId }),
    });
  }
}

/** The body as JSON, or what stands there instead. */
export function parseJson(answer: HttpAnswer): { ok: true; body: unknown } | { ok: false; reason: string } {
  try {
    return { ok: true, body: JSON.parse(answer.text) };
  } catch {
    const type = answer.header("content-type") ?? "";
    if (answer.text.trim() === "") return { ok: false, reason: "no body" };
    if (type.includes("html") || /^\s*</.test(answer.text))
      return { ok: false, reason: "an HTML page in place of JSON" };
    return { ok: false, reason: "JSON that is cut off or broken" };
  }
}
