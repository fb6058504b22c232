/**
 * The SDK takes the stack of four promises for each property of a resource, and source maps make each of them dear:
 * half the time of a preview. They are for whoever looks for promises that never end, and left alone for them.
 */
export function pauseStackTraces(): { readonly resume: (error?: unknown) => void } {
  const limit = Error.stackTraceLimit;
  if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) Error.stackTraceLimit = 0;
  return {
    resume(error) {
      Error.stackTraceLimit = limit;
      // What was thrown meanwhile has none.
      if (error instanceof Error && !error.stack?.includes("\n    at ")) Error.captureStackTrace(error);
    },
  };
}
