import type { Socket } from "node:net";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** Where the server itself is. */
  readonly origin: string;
}

/** What a hostile server does with a call. */
export type Answer = (socket: Socket, asked: Asked) => void;
/** By the end of a sentence: "a server that …". */
export type Answers = Readonly<Record<string, Answer>>;

export const MEBIBYTE = 2 ** 20;

export const head = (status: string, headers: readonly string[] = []) =>
  [`HTTP/1.1 ${status}`, ...headers, "", ""].join("\r\n");

/** A whole answer, after which the connection ends. */
export const whole =
  (
    status: string,
    body: string | Buffer,
    headers: readonly string[] = ["content-type: application/json"],
  ): Answer =>
  (socket) => {
    socket.write(
      head(status, [...headers, `content-length: ${Buffer.byteLength(body)}`, "connection: close"]),
    );
    socket.end(body);
  };

export const raw =
  (bytes: string | Buffer): Answer =>
  (socket) =>
    socket.end(bytes);

/** Bytes without an end, as fast as they are read. */
export const endless =
  (first: string, chunk: string | Buffer): Answer =>
  (socket) => {
    const more = () => {
      while (socket.writable && socket.write(chunk));
    };
    socket.on("drain", more).write(first);
    more();
  };

/** A little now and then, so that no silence ends it. */
export const slowly =
  (first: string, piece: string): Answer =>
  (socket) => {
    socket.write(first);
    const timer = setInterval(() => socket.write(piece), 20);
    socket.on("close", () => clearInterval(timer));
  };

export const isCloudflare = ({ path }: Asked) => path.startsWith("/client/v4");

/** In the service's own form of a success. */
export const result =
  (value: (asked: Asked) => unknown, headers?: readonly string[]): Answer =>
  (socket, asked) => {
    const body = isCloudflare(asked)
      ? { success: true, errors: [], messages: [], result: value(asked) }
      : value(asked);
    whole("200 OK", JSON.stringify(body), headers)(socket, asked);
  };

/** In the service's own form of a failure, with a text wherever one can be. */
export const refusal =
  (status: string, texts: readonly string[], headers?: readonly string[]): Answer =>
  (socket, asked) => {
    const body = isCloudflare(asked)
      ? {
          success: false,
          errors: texts.map((message, index) => ({
            code: index,
            message,
            documentation_url: message,
            source: { pointer: message },
            error_chain: [{ code: 1, message }],
          })),
          messages: texts,
          result: null,
        }
      : {
          code: texts[0],
          title: texts[0],
          detail: texts[0],
          requestId: texts[0],
          errors: texts.map((text) => ({ code: text, detail: text, pointer: text })),
        };
    whole(status, JSON.stringify(body), headers)(socket, asked);
  };

/** A result that fits, by what was asked, so that only the rest of the answer is hostile. */
export function fitting({ method, path, body }: Asked): unknown {
  if (path.includes("/dnssec-auto")) {
    const none = {
      reason: null,
      blockedUntil: null,
      blockReason: null,
      lastCheckedAt: null,
      lastError: null,
    };
    return {
      domainName: "example.se",
      status: "active",
      isEnabled: true,
      isBlocked: false,
      nameserversChangedAt: null,
      ...none,
    };
  }
  if (path.includes("/api/v2/domains"))
    return { data: [{ id: "dom_a", name: "example.se" }], hasMore: false };
  if (path.endsWith("/dnssec")) return { status: "active" };
  const sent: unknown = body === "" ? {} : JSON.parse(body);
  const last = path.split("/").at(-1) ?? "";
  const id = /^[0-9a-f]{32}$/.test(last) ? last : "ab".repeat(16);
  const item = {
    id,
    name: "cf.example.com.",
    algo: "hmac-sha512.",
    secret: "c2VjcmV0IG9mIG5vYm9keQ==",
    type: "secondary",
    peers: [],
    auto_refresh_seconds: 600,
    ...(typeof sent === "object" ? sent : {}),
  };
  return method === "GET" && /\/(tsigs|peers)$/.test(path) ? [item] : item;
}
