import type { z } from "zod";
import { PROBLEMS } from "./bounds";
import {
  ApiError,
  type ApiProblem,
  type CallContext,
  InputError,
  type Method,
  UnexpectedAnswerError,
} from "./errors";
import { foreignText } from "./foreign-text";
import { Pacer, type PacerOptions } from "./pacer";
import { type Again, persist } from "./persist";
import { readAllowance, readRetryAfter } from "./rate-headers";
import { trace } from "./trace";
import type { HttpAnswer, HttpRequest, Transport } from "./transport";

/** What a service's answer says once its own envelope is taken off. */
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
  readonly fallbackLimit?: NonNullable<PacerOptions["fallback"]>;
  read(answer: HttpAnswer): Reading;
  requestId(answer: HttpAnswer): string | undefined;
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

export interface ApiCall<Result> {
  /** Verb and object for the error message. */
  readonly operation: string;
  readonly method: Method;
  /** Path parts after the base URL: words of the API, and ids. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly result: z.ZodType<Result>;
  /** What in the result is other than was asked for, in words: such a result is no success. */
  contradiction?(result: Result): string | undefined;
  /** What the credential must be allowed to do, in the service's own words. */
  readonly permission: string;
  /** What to do when the answer is lost; POST and PATCH without it are not sent again. */
  readonly again?: Again<Result>;
}

/** Ids of both services, and the words between them. Any other character could lead to another object. */
const ID = /^[A-Za-z0-9_-]{1,100}$/;

const REPEAT = { kind: "repeat" } as const;
const NEVER = { kind: "never" } as const;

/** One exchange on its way. */
interface Exchange {
  /** Settled when its turn has come and it is sent. */
  readonly begun: Promise<void>;
  readonly answer: Promise<HttpAnswer>;
}

/** One service reached with one credential; what shares the credential shares this. */
export class ApiClient {
  readonly #pacer: Pacer;
  readonly #reads = new Map<string, Exchange>();

  constructor(
    private readonly transport: Transport,
    private readonly dialect: Dialect,
  ) {
    const { service, fallbackLimit: fallback } = dialect;
    const { progress } = transport;
    this.#pacer = new Pacer({ subject: service, progress, ...(fallback ? { fallback } : {}) });
  }

  /** Sends the call until it has an answer, and gives back its result, checked; every other outcome is an error that teaches. */
  async call<Result>(call: ApiCall<Result>): Promise<Result> {
    const { patience, progress } = this.transport;
    const { operation, method, again = method === "POST" || method === "PATCH" ? NEVER : REPEAT } = call;
    const context = this.context(call);
    return persist({
      operation,
      again,
      patience,
      progress,
      attempt: async (number, begin) => {
        const { begun, answer } = this.exchange(call, context, number);
        void begun.then(begin);
        return this.read(call, context, await answer);
      },
    });
  }

  /** One exchange in its turn. Equal reads at the same moment share one. */
  private exchange(call: ApiCall<unknown>, context: CallContext, attempt: number): Exchange {
    if (call.method !== "GET") {
      // What was asked before this write does not answer what is asked after it.
      return this.send(call, context, attempt, () => this.#reads.clear());
    }
    const shared = this.#reads.get(context.url);
    if (shared) return shared;
    const read = this.send(call, context, attempt, () => {
      if (this.#reads.get(context.url) === read) this.#reads.delete(context.url);
    });
    this.#reads.set(context.url, read);
    return read;
  }

  private send(call: ApiCall<unknown>, context: CallContext, attempt: number, end: () => void): Exchange {
    const queued = Date.now();
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const answer = this.#pacer.run(async () => {
      begin();
      const began = Date.now();
      const traced = { ...context, attempt, waited: began - queued };
      try {
        const answer = await this.transport.send(this.request(call, context));
        this.learn(answer);
        const requestId = this.dialect.requestId(answer);
        trace({ ...traced, took: Date.now() - began, outcome: answer.status, requestId });
        return answer;
      } catch (error) {
        trace({ ...traced, took: Date.now() - began, outcome: "no answer" });
        // Or a server that is silent would be asked by one call at a time.
        this.#pacer.learn(undefined);
        throw error;
      }
    });
    return { begun, answer: answer.finally(end) };
  }

  private request(call: ApiCall<unknown>, context: CallContext): HttpRequest {
    const headers = this.dialect.headers();
    if (call.body === undefined) return { ...context, headers };
    return {
      ...context,
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(call.body),
    };
  }

  private learn(answer: HttpAnswer): void {
    if (answer.status !== 429) {
      this.#pacer.learn(readAllowance(answer.header, Date.now()));
      return;
    }
    const asked = askedWait(answer) ?? 0;
    // A block that outlasts patience holds nobody: each who meets it ends with its refusal.
    this.#pacer.pause(asked > this.transport.patience.limited ? 0 : asked);
  }

  private read<Result>(call: ApiCall<Result>, context: CallContext, answer: HttpAnswer): Result {
    const reading = this.dialect.read(answer);
    switch (reading.kind) {
      case "refusal":
        throw this.refusal(call, context, answer, reading);
      case "unreadable":
        throw this.unreadable(context, answer, reading.reason);
      case "result": {
        for (const notice of reading.notices ?? []) this.transport.notices(context.service, notice);
        const parsed = call.result.safeParse(reading.result);
        if (!parsed.success) {
          const places = parsed.error.issues
            .slice(0, PROBLEMS)
            .map((issue) => `${issue.path.join(".") || "result"}: ${issue.message}`);
          throw this.unreadable(context, answer, `an unexpected result (${places.join("; ")})`);
        }
        const contradiction = call.contradiction?.(parsed.data);
        if (contradiction === undefined) return parsed.data;
        throw this.contradicting(context, answer, contradiction);
      }
    }
  }

  private context({ operation, method, path, query }: ApiCall<unknown>): CallContext {
    const wrong = path.find((part) => !ID.test(part));
    if (wrong !== undefined) throw notAnId(operation, wrong);
    const url = new URL(this.dialect.baseUrl);
    url.pathname += `/${path.join("/")}`;
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    return { service: this.dialect.service, operation, method, url: url.href };
  }

  private refusal(
    call: ApiCall<unknown>,
    context: CallContext,
    answer: HttpAnswer,
    reading: Extract<Reading, { kind: "refusal" }>,
  ): ApiError {
    const { problems } = reading;
    const { status } = answer;
    const retryAfterMs = readRetryAfter(answer.header, Date.now());
    const hint = this.dialect.hint({
      method: call.method,
      status,
      problems,
      permission: call.permission,
      retryAfter: retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1_000),
    });
    const requestId = reading.requestId ?? this.dialect.requestId(answer);
    return new ApiError({
      ...context,
      status,
      problems,
      hint,
      ...(requestId === undefined ? {} : { requestId }),
      ...waitOf(answer),
    });
  }

  private contradicting(context: CallContext, answer: HttpAnswer, reason: string): UnexpectedAnswerError {
    const requestId = this.dialect.requestId(answer);
    const { service, method } = context;
    const hint =
      method === "GET"
        ? `run the command again. If that does not help, it is a fault of ${service}: report it there.`
        : `look at the object at ${service}: what is there is not known. If it is as it should be, run the command again.`;
    return new UnexpectedAnswerError({
      ...context,
      status: answer.status,
      kind: "contradiction",
      reason,
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
      ...waitOf(answer),
    });
  }
}

/** It came from a program, a state that somebody edited, or a server. */
function notAnId(operation: string, id: string): InputError {
  const shown = foreignText(JSON.stringify(id), 100);
  return new InputError(
    `Cannot ${foreignText(operation)}: ${shown} is not an id.\nNext: correct it in the program. Where the state has it, "pulumi state delete" lets go of the resource.`,
  );
}

/** Milliseconds after which the service wants to be asked again. A budget's reset says that of a 429 alone. */
function askedWait({ status, header }: HttpAnswer): number | undefined {
  if (status !== 429 && status < 500) return undefined;
  const now = Date.now();
  const budget = status === 429 ? readAllowance(header, now) : undefined;
  return readRetryAfter(header, now) ?? budget?.resetMs;
}

function waitOf(answer: HttpAnswer): { waitMs?: number } {
  const waitMs = askedWait(answer);
  return waitMs === undefined ? {} : { waitMs };
}
