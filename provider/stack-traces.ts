/**
 * The SDK takes the stack of four promises for each property of a resource, and source maps make each of them dear:
 * half the time of a preview. They are for whoever looks for promises that never end, and left alone for them. It takes
 * one more, of any length, for the state, where it is a third of a resource and mostly frames of the SDK itself: hence
 * a limit that cannot be set meanwhile, with which V8 takes none (https://v8.dev/docs/stack-trace-api).
 */
export function pauseStackTraces(): { readonly resume: (error?: unknown) => void } {
  const limit = Error.stackTraceLimit;
  const define = (property: PropertyDescriptor) =>
    Object.defineProperty(Error, "stackTraceLimit", { configurable: true, enumerable: true, ...property });
  if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) define({ get: () => 0, set: () => {} });
  return {
    resume(error) {
      define({ value: limit, writable: true });
      // What was thrown meanwhile has none.
      if (error instanceof Error && !error.stack?.includes("\n    at ")) Error.captureStackTrace(error);
    },
  };
}
