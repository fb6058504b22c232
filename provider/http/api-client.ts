import type { CallContext } from "../core/errors";
import { type ApiCall, contextOf } from "./api-call";
import type { Dialect } from "./dialect";
import { readAllowance } from "./rate-headers";
import { RateLimiter } from "./rate-limiter";
import { askedWait, readResponse } from "./read-response";
import { retry } from "./retry";
import { trace } from "./trace";
import type { HttpRequest, HttpResponse, Transport } from "./transport";

const REPEAT = { kind: "repeat" } as const;
const NEVER = { kind: "never" } as const;

/** One exchange on its way. */
interface Exchange {
  /** Settled when its turn has come and it is sent. */
  readonly begun: Promise<void>;
  readonly response: Promise<HttpResponse>;
}

/** One service reached with one credential; what shares the credential shares this. */
export class ApiClient {
  readonly #rateLimiter: RateLimiter;
  readonly #reads = new Map<string, Exchange>();

  constructor(
    private readonly transport: Transport,
    private readonly dialect: Dialect,
  ) {
    const { service, fallbackLimit: fallback } = dialect;
    const { progress } = transport;
    this.#rateLimiter = new RateLimiter({ subject: service, progress, ...(fallback ? { fallback } : {}) });
  }

  /** Sends the call until it has a response, and gives back its result, checked; every other outcome is an error that teaches. */
  async call<Result>(call: ApiCall<Result>): Promise<Result> {
    const { retryPolicy, progress, notices } = this.transport;
    const { operation, method, again = method === "POST" || method === "PATCH" ? NEVER : REPEAT } = call;
    const context = contextOf(call, this.dialect);
    return retry({
      operation,
      again,
      retryPolicy,
      progress,
      attempt: async (number, begin) => {
        const { begun, response } = this.exchange(call, context, number);
        void begun.then(begin);
        return readResponse({ call, context, response: await response }, this.dialect, notices);
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
    const response = this.#rateLimiter.run(async () => {
      begin();
      const began = Date.now();
      const traced = { ...context, attempt, waited: began - queued };
      try {
        const response = await this.transport.send(this.request(call, context));
        this.learn(response);
        const requestId = this.dialect.requestId(response);
        trace({ ...traced, took: Date.now() - began, outcome: response.status, requestId });
        return response;
      } catch (error) {
        trace({ ...traced, took: Date.now() - began, outcome: "no answer" });
        // Or a server that is silent would be asked by one call at a time.
        this.#rateLimiter.learn(undefined);
        throw error;
      }
    });
    return { begun, response: response.finally(end) };
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

  private learn(response: HttpResponse): void {
    if (response.status !== 429) {
      this.#rateLimiter.learn(readAllowance(response.header, Date.now()));
      return;
    }
    const asked = askedWait(response) ?? 0;
    // A block that outlasts the retry policy holds nobody: each who meets it ends with its refusal.
    this.#rateLimiter.pause(asked > this.transport.retryPolicy.limited ? 0 : asked);
  }
}
