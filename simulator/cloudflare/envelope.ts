import { type ApiAnswer, jsonAnswer } from "../http";
import type { BodyProblem } from "../json-body";
import { CHOSEN } from "./error-codes";

/** What an answer that succeeded says besides, and what a failure is about. */
export interface ApiMessage {
  readonly code: number;
  readonly message: string;
}

export interface ApiError extends ApiMessage {
  readonly source?: { readonly pointer: string };
  readonly error_chain?: readonly ApiError[];
}

export interface ResultInfo {
  readonly page: number;
  readonly per_page: number;
  readonly count: number;
  readonly total_count: number;
  readonly total_pages?: number;
}

export function success(
  result: unknown,
  resultInfo?: ResultInfo,
  messages: readonly ApiMessage[] = [],
): ApiAnswer {
  const envelope = { success: true, errors: [], messages, result };
  return jsonAnswer(200, resultInfo ? { ...envelope, result_info: resultInfo } : envelope);
}

export function failure(
  status: number,
  errors: readonly ApiError[],
  headers: Readonly<Record<string, string>> = {},
): ApiAnswer {
  return jsonAnswer(status, { success: false, errors, messages: [], result: null }, headers);
}

/** Thrown by whatever finds a request wrong; answered as the failure envelope. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly answer: ApiAnswer;

  constructor(status: number, ...errors: readonly ApiError[]) {
    super(errors.map(({ message }) => message).join("; "));
    this.answer = failure(status, errors);
  }
}

/** `7003` with `7000`, as seen on the service: an unknown path, or an id that is none. */
export function noRoute(path: string): Refusal {
  return new Refusal(
    404,
    { code: 7003, message: `Could not route to ${path}, perhaps your object identifier is invalid?` },
    { code: 7000, message: "No route for that URI" },
  );
}

export function badBody(problems: readonly BodyProblem[]): Refusal {
  return new Refusal(
    400,
    ...problems.map(({ kind, pointer, detail }): ApiError => {
      if (kind === "not-json") return CHOSEN.notJson;
      const where = pointer === "" ? "body" : pointer;
      const message = `${CHOSEN.malformedBody.message}: ${where}: ${detail}`;
      return { code: CHOSEN.malformedBody.code, message, source: { pointer } };
    }),
  );
}
