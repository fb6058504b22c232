import { randomBytes } from "node:crypto";
import type { ApiAnswer, RequestHead } from "../http";
import { jsonAnswer } from "../http";
import type { BodyProblem } from "../json-body";
import type { World } from "../state";

/** What is branched on; each has a page of its own under https://developer.hostup.se/errors */
const TITLES = {
  invalid_request: "Validation failed",
  invalid_cursor: "Invalid cursor",
  unauthorized: "Unauthorized",
  forbidden: "Forbidden",
  not_found: "Not found",
  domain_not_eligible: "Domain not eligible",
  domain_conflict: "Domain conflict",
  rate_limited: "Rate limited",
  internal_error: "Internal error",
} as const;

export type ProblemCode = keyof typeof TITLES;

export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
  readonly code: string;
}

/** Thrown by whatever finds a request wrong; answered as an RFC 7807 document. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    readonly status: number,
    readonly code: ProblemCode,
    readonly detail: string,
    readonly errors: readonly FieldError[] = [],
  ) {
    super(detail);
  }
}

export function invalidFields(errors: readonly FieldError[]): Problem {
  return new Problem(400, "invalid_request", "The request failed validation.", errors);
}

export function badBody(problems: readonly BodyProblem[]): Problem {
  return invalidFields(
    problems.map(({ kind, pointer, detail }) => ({
      pointer,
      detail,
      code: kind === "missing-field" || kind === "no-body" ? "missing_required" : "invalid_request",
    })),
  );
}

/** The request id is in the document and in no header. */
export function problemAnswer(
  problem: Problem,
  request: RequestHead,
  world: World,
  headers: Readonly<Record<string, string>> = {},
): ApiAnswer {
  const { status, code, detail, errors } = problem;
  const document = {
    type: `https://developer.hostup.se/errors/${code}`,
    title: TITLES[code],
    status,
    detail,
    code,
    instance: `/api/v2${request.path}`,
    requestId: `req_${randomBytes(13).toString("hex")}`,
    timestamp: new Date(world.now()).toISOString(),
    ...(errors.length > 0 ? { errors } : {}),
  };
  return jsonAnswer(status, document, {
    "content-type": world.state.switches.hostupProblemContentType,
    ...headers,
  });
}
