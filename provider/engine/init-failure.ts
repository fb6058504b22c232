import { isSecondaryDnsError, type SecondaryDnsError } from "../core/errors";
import { classifyFailure } from "../http/classify-failure";

/** What a resource knows of itself between two runs of the engine. */
export interface Snapshot {
  readonly id: string;
  /** Everything the state keeps besides the inputs; where a key is an input too, this value wins. */
  readonly outputs: object;
}

/**
 * Thrown by a resource when its object exists but is not as wanted yet: the state keeps it, the
 * next `up` goes on from there, and nothing is made twice.
 */
export class InitFailure extends Error {
  constructor(
    readonly snapshot: Snapshot,
    readonly reason: SecondaryDnsError,
  ) {
    super(reason.message);
  }
}

/** What to throw when something failed after the object was made: of our errors the state keeps it. */
export function keepingObject(snapshot: Snapshot, error: unknown): unknown {
  return isSecondaryDnsError(error) ? new InitFailure(snapshot, error) : error;
}

/**
 * What a create throws when it failed to change something that stood there before. Unless the failure
 * is final the change may have been made, and the next create would take it for what stood there.
 */
export function keepingUnlessFinal(snapshot: Snapshot, error: unknown): unknown {
  return classifyFailure(error).kind === "final" ? error : keepingObject(snapshot, error);
}

/** A failure in the form in which the engine keeps the object in state, with these properties. */
export function asInitError(id: string, properties: object, reason: SecondaryDnsError): SecondaryDnsError {
  return Object.assign(copyOf(reason), { id, properties, reasons: [reason.message] });
}

/** Resources that share a look share its error, and each has a state of its own. */
function copyOf<Failure extends SecondaryDnsError>(error: Failure): Failure {
  return Object.create(Object.getPrototypeOf(error), Object.getOwnPropertyDescriptors(error));
}
