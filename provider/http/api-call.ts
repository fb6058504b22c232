import type { z } from "zod";
import { type CallContext, InputError, type Method } from "../core/errors";
import { foreignText } from "../core/foreign-text";
import type { Dialect } from "./dialect";
import type { Again } from "./retry";

/** One call of a typed client. */
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
  /** What to do when the response is lost; POST and PATCH without it are not sent again. */
  readonly again?: Again<Result>;
}

/** Ids of both services, and the words between them. Any other character could lead to another object. */
const ID = /^[A-Za-z0-9_-]{1,100}$/;

/** What every error about the call tells of it. Throws where a part of the path is none. */
export function contextOf(
  { operation, method, path, query }: ApiCall<unknown>,
  { service, baseUrl }: Dialect,
): CallContext {
  const wrong = path.find((part) => !ID.test(part));
  if (wrong !== undefined) throw notAnId(operation, wrong);
  const url = new URL(baseUrl);
  url.pathname += `/${path.join("/")}`;
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  return { service, operation, method, url: url.href };
}

/** It came from a program, a state that somebody edited, or a server. */
function notAnId(operation: string, id: string): InputError {
  const shown = foreignText(JSON.stringify(id), 100);
  return new InputError(
    `Cannot ${foreignText(operation)}: ${shown} is not an id.\nNext: correct it in the program. If it is in the state, remove the resource with "pulumi state delete".`,
  );
}
