import { Agent, type Dispatcher, request } from "undici";
import { type CallContext, NetworkError } from "./errors";
import { version } from "./version";

export interface HttpRequest extends CallContext {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  header(name: string): string | undefined;
  readonly text: string;
}

export interface Transport {
  send(request: HttpRequest): Promise<HttpAnswer>;
}

export interface TransportOptions {
  readonly dispatcher?: Dispatcher;
  /** Milliseconds for one call, from the first byte sent to the last byte read. */
  readonly timeout?: number;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

/** HTTP as both services need it: keep-alive, one time limit a call, no redirect followed. */
export function createTransport({
  dispatcher = new Agent(),
  timeout = 30_000,
}: TransportOptions = {}): Transport {
  return {
    async send(call) {
      try {
        const answer = await request(call.url, {
          dispatcher,
          method: method(call.method),
          headers: {
            "user-agent": `pulumi-secondary-dns/${version}`,
            accept: "application/json",
            ...call.headers,
          },
          body: call.body ?? null,
          signal: AbortSignal.timeout(timeout),
        });
        const text = await answer.body.text();
        return {
          status: answer.statusCode,
          header: (name) => [answer.headers[name]].flat()[0],
          text,
        };
      } catch (cause) {
        throw networkError(call, cause, timeout);
      }
    },
  };
}

function method(name: string): Method {
  const known = METHODS.find((each) => each === name);
  if (known === undefined) throw new TypeError(`not an HTTP method of these services: ${name}`);
  return known;
}

function networkError(call: CallContext, cause: unknown, timeout: number): NetworkError {
  const { service, operation, method, url } = call;
  const timedOut = cause instanceof Error && cause.name === "TimeoutError";
  const reason = timedOut ? `no complete answer within ${timeout / 1000} s` : describe(cause);
  const unsure =
    method === "GET" ? "" : " Whether the change was made is not known: refresh before the next change.";
  const hint = `check that ${new URL(url).origin} can be reached from here, then run the command again.${unsure}`;
  return new NetworkError({ service, operation, method, url, reason, hint }, { cause });
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return "the connection failed";
  const code = "code" in cause && typeof cause.code === "string" ? `${cause.code}: ` : "";
  return `${code}${cause.message || "the connection failed"}`;
}
