import { types } from "node:util";

/**
 * Jest gives tests a realm of their own, whose `Error` does not know the errors that Node's sockets
 * and time-outs make. Imported for this effect, it lets `instanceof Error` say what it says in a
 * program.
 */
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, given: unknown): boolean {
    const ordinary: unknown = Function.prototype[Symbol.hasInstance].call(this, given);
    if (ordinary === true) return true;
    return this === Error && (types.isNativeError(given) || given instanceof DOMException);
  },
});
