import { z } from "zod";
import { ApiClient, type Dialect, type Reading } from "../core/api-client";
import { ApiError, type ApiProblem } from "../core/errors";
import { parseJson } from "../core/json-body";
import type { Credentials, ServiceSettings } from "../core/settings";
import type { HttpAnswer, Transport } from "../core/transport";
import { hint } from "./hints";

export type CloudflareClient = ApiClient;

/** https://developers.cloudflare.com/api/ : every answer is `{success, errors, messages, result}`. */
const failure = z.object({
  code: z.number(),
  message: z.string(),
  source: z.object({ pointer: z.string().nullish() }).nullish(),
  error_chain: z.array(z.object({ code: z.number(), message: z.string() })).nullish(),
});

const envelope = z.discriminatedUnion("success", [
  z.object({ success: z.literal(true), result: z.unknown() }),
  z.object({
    success: z.literal(false),
    errors: z.array(failure),
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
    requestId: (answer) => answer.header("cf-ray"),
    hint,
  };
  return new ApiClient(transport, dialect);
}

function authentication(credentials: Credentials): Record<string, string> {
  return credentials.kind === "token"
    ? { authorization: `Bearer ${credentials.token.reveal()}` }
    : { "x-auth-email": credentials.email, "x-auth-key": credentials.apiKey.reveal() };
}

function read(answer: HttpAnswer): Reading {
  const json = parseJson(answer);
  if (!json.ok) return { kind: "unreadable", reason: json.reason };
  const parsed = envelope.safeParse(json.body);
  if (!parsed.success) return { kind: "unreadable", reason: "JSON that is not Cloudflare's envelope" };
  if (parsed.data.success) {
    return answer.status < 300
      ? { kind: "result", result: parsed.data.result }
      : { kind: "unreadable", reason: "a success envelope with a failure status" };
  }
  return { kind: "refusal", problems: parsed.data.errors.flatMap(problemsOf) };
}

function problemsOf({ code, message, source, error_chain }: z.output<typeof failure>): ApiProblem[] {
  const pointer = source?.pointer;
  return [
    { code: String(code), message, ...(pointer ? { pointer } : {}) },
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
