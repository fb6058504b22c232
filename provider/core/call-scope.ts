import { AsyncLocalStorage } from "node:async_hooks";

/** What a call of the engine brings besides its inputs, for all that is done on its behalf. */
export interface CallScope {
  /** Tells whoever runs the program. */
  say(line: string): void;
  /** Ends the call's waits; `undefined` where the engine does not tell. */
  readonly signal?: AbortSignal | undefined;
  /** Whether it deletes, in a `destroy` or in an `up` whose program has the resource no more. */
  readonly isDeletion?: boolean | undefined;
}

/** Printed lines show in Pulumi's CLI at once, as information on the stack. */
export const PRINTED: CallScope = { say: (line) => console.log(line) };

const scopes = new AsyncLocalStorage<CallScope>();

export function inScope<Result>(scope: CallScope, run: () => Promise<Result>): Promise<Result> {
  return scopes.run(scope, run);
}

/** Tells whoever runs the program that the present call is a part of. */
export function say(line: string): void {
  (scopes.getStore() ?? PRINTED).say(line);
}

/** Of the present call. */
export function stopSignal(): AbortSignal | undefined {
  return scopes.getStore()?.signal;
}

/** Whether the present call deletes something. */
export function isDeletion(): boolean {
  return scopes.getStore()?.isDeletion ?? false;
}
