import { z } from "zod";
import { NOTICES } from "../core/bounds";
import { ApiError, type ApiProblem } from "../core/errors";
import type { Credentials, ServiceSettings } from "../core/settings";
import { ApiClient } from "../http/api-client";
import type { Dialect, Reading } from "../http/dialect";
import { parseJson } from "../http/json-body";
import { listOf } from "../http/list-of";
import type { HttpResponse, Transport } from "../http/transport";
import { hint } from "./hints";

export type CloudflareClient = ApiClient;

/** Such as https://developers.cloudflare.com/…; anything else is not shown to people as a link. */
const documentation = z
  .string()
  .regex(/^https:\/\/[^\s]+$/)
  .nullish()
  .catch(undefined);

/** https://developers.cloudflare.com/api/ : every response is `{success, errors, messages, result}`. */
const failure = z.object({
  code: z.number(),
  message: z.string(),
  documentation_url: documentation,
  source: z.object({ pointer: z.string().nullish() }).nullish(),
  error_chain: z.array(z.object({ code: z.number(), message: z.string() })).nullish(),
});

/** What a success says beside its result. */
const notice = z.union([
  z.string(),
  z
    .object({ message: z.string(), documentation_url: documentation })
    .transform(({ message, documentation_url }) =>
      documentation_url ? `${message} (see ${documentation_url})` : message,
    ),
]);

const envelope = z.discriminatedUnion("success", [
  z.object({ success: z.literal(true), messages: z.unknown().optional(), result: z.unknown() }),
  z.object({
    success: z.literal(false),
    errors: listOf(failure),
  }),
]);

export function createCloudflareClient(transport: Transport, settings: ServiceSettings): CloudflareClient {
  const { credentials } = settings;
  const dialect: Dialect = {
    service: "Cloudflare",
    baseUrl: settings.baseUrl,
    headers: () => authentication(credentials),
    // https://developers.cloudflare.com/fundamentals/api/reference/limits/
    fallbackLimit: { requests: 1_200, milliseconds: 300_000 },
    read,
    requestId: (response) => response.header("cf-ray"),
    hint: (refusal) => hint(refusal, settings.place),
  };
  return new ApiClient(transport, dialect);
}

function authentication(credentials: Credentials): Record<string, string> {
  return credentials.kind === "token"
    ? { authorization: `Bearer ${credentials.token.reveal()}` }
    : { "x-auth-email": credentials.email, "x-auth-key": credentials.apiKey.reveal() };
}

function read(response: HttpResponse): Reading {
  const json = parseJson(response);
  if (!json.ok) return { kind: "unreadable", reason: json.reason };
  const parsed = envelope.safeParse(json.body);
  if (!parsed.success) return { kind: "unreadable", reason: "JSON that is not Cloudflare's envelope" };
  if (parsed.data.success) {
    const { messages, result } = parsed.data;
    return response.status < 300
      ? { kind: "result", result, notices: noticesIn(messages) }
      : { kind: "unreadable", reason: "a success envelope with a failure status" };
  }
  return { kind: "refusal", problems: parsed.data.errors.flatMap(problemsOf) };
}

/** Whatever they are, they are no reason to refuse a result. */
function noticesIn(messages: unknown): string[] {
  if (!Array.isArray(messages)) return [];
  return messages.slice(0, NOTICES).flatMap((each: unknown) => {
    const parsed = notice.safeParse(each);
    return parsed.success ? [parsed.data] : [];
  });
}

function problemsOf({
  code,
  message,
  documentation_url,
  source,
  error_chain,
}: z.output<typeof failure>): ApiProblem[] {
  const pointer = source?.pointer;
  return [
    {
      code: String(code),
      message,
      ...(pointer ? { pointer } : {}),
      ...(documentation_url ? { documentation: documentation_url } : {}),
    },
    ...(error_chain ?? []).map((cause) => ({ code: String(cause.code), message: cause.message })),
  ];
}

/**
 * Whether the error says that the object does not exist. Only Cloudflare's own envelope counts: a
 * proxy's 404 page must not make a resource vanish from state. A deleted zone answers 7003.
 */
export function isGone(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  const { status, problems } = error.data;
  return status === 404 || (status === 400 && problems.some(({ code }) => code === "7003"));
}

/** Runs the call; a missing object gives `undefined`. */
export async function unlessGone<Result>(call: Promise<Result>): Promise<Result | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** Runs the call; what the token may not do gives "not allowed". */
export async function unlessForbidden<Result>(call: Promise<Result>): Promise<Result | "not allowed"> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiError && error.data.status === 403) return "not allowed";
    throw error;
  }
}
