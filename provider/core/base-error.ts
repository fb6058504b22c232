import type { ErrorCode } from "./error-codes";
import { printable } from "./foreign-text";

const brand = Symbol.for("pulumi-secondary-dns.error");

/**
 * The base of every error this package throws. The brand makes `isSecondaryDnsError` right across
 * two installed copies; the stack is empty since the CLI would print it (`check`, `diff`,
 * `read` and `delete` errors reach the terminal with their stack).
 */
export abstract class SecondaryDnsError extends Error {
  abstract override readonly name: string;
  abstract readonly code: ErrorCode;
  readonly [brand] = true;

  constructor(message: string, options?: ErrorOptions) {
    // Names of objects come from servers, who may also say back what was sent to them.
    super(printable(message), options);
    this.stack = "";
  }
}

export function isSecondaryDnsError(value: unknown): value is SecondaryDnsError {
  return typeof value === "object" && value !== null && brand in value;
}
