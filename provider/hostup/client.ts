import { z } from "zod";
import { ApiError, SettingsError } from "../core/errors";
import type { ServiceSettings } from "../core/settings";
import { ApiClient } from "../http/api-client";
import type { Dialect, Reading } from "../http/dialect";
import { parseJson } from "../http/json-body";
import type { HttpResponse, Transport } from "../http/transport";
import { hint } from "./hints";

export type HostupClient = ApiClient;

/** RFC 7807 as HostUp writes it; the documents mark no top-level field as required. */
const problem = z
  .object({
    code: z.string().nullish(),
    title: z.string().nullish(),
    detail: z.string().nullish(),
    requestId: z.string().nullish(),
    errors: z
      .array(
        z.object({
          pointer: z.string().nullish(),
          detail: z.string().nullish(),
          code: z.string().nullish(),
        }),
      )
      .nullish(),
  })
  // A proxy's JSON must not pass for HostUp's.
  .refine(({ code, title, detail }) => code || title || detail);

const NO_CODE = "no code given";
const NO_DETAIL = "no detail given";

export function createHostupClient(transport: Transport, settings: ServiceSettings): HostupClient {
  const { credentials } = settings;
  if (credentials.kind !== "token")
    throw new SettingsError("HostUp takes an API token, not an e-mail and key.");
  const dialect: Dialect = {
    service: "HostUp",
    baseUrl: settings.baseUrl,
    headers: () => ({ authorization: `Bearer ${credentials.token.reveal()}` }),
    read,
    requestId: () => undefined,
    hint: (refusal) => hint(refusal, settings.place),
  };
  return new ApiClient(transport, dialect);
}

function read(response: HttpResponse): Reading {
  // What was deleted has nothing to show.
  if (response.status === 204) return { kind: "result", result: undefined };
  const json = parseJson(response);
  if (!json.ok) return { kind: "unreadable", reason: json.reason };
  if (response.status < 300) return { kind: "result", result: json.body };
  const parsed = problem.safeParse(json.body);
  if (!parsed.success) return { kind: "unreadable", reason: "JSON that is not HostUp's problem document" };
  const { code, title, detail, requestId, errors } = parsed.data;
  return {
    kind: "refusal",
    problems: [
      { code: code ?? NO_CODE, message: detail ?? title ?? NO_DETAIL },
      ...(errors ?? []).map((error) => ({
        code: error.code ?? NO_CODE,
        message: error.detail ?? NO_DETAIL,
        ...(error.pointer ? { pointer: error.pointer } : {}),
      })),
    ],
    ...(requestId ? { requestId } : {}),
  };
}

/** Runs the call; a missing object gives `undefined`. Only HostUp's own 404 counts, not a proxy's page. */
export async function unlessGone<Result>(call: Promise<Result>): Promise<Result | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiError && error.data.status === 404) return undefined;
    throw error;
  }
}
