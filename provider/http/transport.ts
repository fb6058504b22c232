import type { Dispatcher } from "undici";
import { BODY_BYTES } from "../core/bounds";
import { type CallContext, NetworkError } from "../core/errors";
import { type Progress, sharedProgress } from "../core/progress";
import { version } from "../core/version";
import { isUnsent, isUntrusted } from "./classify-failure";
import { createNotices, type Notices } from "./notices";
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from "./retry-policy";

/** Loaded with the first call: a preview of what has not changed makes none, and this is a quarter of what a provider loads. */
const undici = (): typeof import("undici") => require("undici");

export interface HttpRequest extends CallContext {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpResponse {
  readonly status: number;
  header(name: string): string | undefined;
  /** `undefined`: it is longer than is read. */
  readonly text: string | undefined;
}

export interface Transport {
  /** One exchange: no attempt is repeated here. */
  send(request: HttpRequest): Promise<HttpResponse>;
  readonly retryPolicy: RetryPolicy;
  readonly progress: Progress;
  readonly notices: Notices;
}

export interface TransportOptions {
  /** In place of the connections that the environment asks for. */
  readonly dispatcher?: Dispatcher;
  /** Milliseconds for one call, from the first byte sent to the last byte read. */
  readonly timeout?: number;
  readonly retryPolicy?: RetryPolicy;
  readonly progress?: Progress;
  readonly notices?: Notices;
}

/** HTTP as both services need it: keep-alive, one time limit a call, no redirect followed. */
export function createTransport({
  dispatcher,
  timeout = 30_000,
  retryPolicy = DEFAULT_RETRY_POLICY,
  progress = sharedProgress,
  notices = createNotices(),
}: TransportOptions = {}): Transport {
  const dispatcherFor = dispatcher === undefined ? byEnvironment() : () => dispatcher;
  return {
    retryPolicy,
    progress,
    notices,
    async send(call) {
      try {
        const response = await undici().request(call.url, {
          dispatcher: dispatcherFor(new URL(call.url)),
          method: call.method,
          headers: {
            "user-agent": `pulumi-secondary-dns/${version}`,
            accept: "application/json",
            ...call.headers,
          },
          body: call.body ?? null,
          signal: AbortSignal.timeout(timeout),
        });
        const text = await textOf(response.body);
        return {
          status: response.statusCode,
          header: (name) => [response.headers[name]].flat()[0],
          text,
        };
      } catch (cause) {
        throw networkError(call, cause, timeout);
      }
    },
  };
}

/** Leaving the loop closes the connection. */
async function textOf(body: AsyncIterable<Buffer>): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/**
 * Through the proxy that HTTPS_PROXY names, save for NO_PROXY. Plain http is for this machine alone and goes
 * straight to it: a proxy would see the credential.
 */
function byEnvironment(): (url: URL) => Dispatcher {
  let direct: Dispatcher | undefined;
  let proxied: Dispatcher | undefined;
  return ({ protocol }) => {
    const { Agent, EnvHttpProxyAgent } = undici();
    if (protocol === "http:") {
      direct ??= new Agent();
      return direct;
    }
    // Not before a call is due: it refuses a proxy that is no URL.
    proxied ??= new EnvHttpProxyAgent();
    return proxied;
  };
}

function networkError(call: CallContext, cause: unknown, timeout: number): NetworkError {
  const { service, operation, method, url } = call;
  const timedOut = cause instanceof Error && cause.name === "TimeoutError";
  const reasonCode = codeOf(cause);
  const reason = timedOut ? `no complete answer within ${timeout / 1000} s` : describe(cause, reasonCode);
  const unsure =
    method === "GET" || isUnsent(reasonCode)
      ? ""
      : " Whether the change was made is not known: refresh before the next change.";
  const { origin } = new URL(url);
  const hint = isUntrusted(reasonCode)
    ? `the certificate of ${origin} is not trusted here. If your proxy issues it, set NODE_EXTRA_CA_CERTS to the proxy's CA certificate.`
    : `check that ${origin} can be reached from here${proxyNote(url)}, then run the command again.${unsure}`;
  return new NetworkError(
    { service, operation, method, url, reason, ...(reasonCode === undefined ? {} : { reasonCode }), hint },
    { cause },
  );
}

function proxyNote(url: string): string {
  if (url.startsWith("http:")) return "";
  const isProxied = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"].some(
    (name) => process.env[name],
  );
  return isProxied
    ? " by the proxy that HTTPS_PROXY or HTTP_PROXY names (NO_PROXY says which hosts do without)"
    : "";
}

/** Looked for without `instanceof`, which is false for an Error of another realm. */
function codeOf(cause: unknown): string | undefined {
  if (typeof cause !== "object" || cause === null || !("code" in cause)) return undefined;
  return typeof cause.code === "string" ? cause.code : undefined;
}

function describe(cause: unknown, code: string | undefined): string {
  const message = cause instanceof Error && cause.message !== "" ? cause.message : "the connection failed";
  return code === undefined || message.includes(code) ? message : `${code}: ${message}`;
}
