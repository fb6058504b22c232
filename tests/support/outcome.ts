import type { Control } from "./control";

/** What `run` gives, and the calls it made: method and path without service, account, zone or domain. */
export async function callsDuring<Result>(
  { forgetRequests, requests }: Control,
  run: () => Promise<Result>,
): Promise<[result: Result, calls: string[]]> {
  await forgetRequests();
  const result = await run();
  const made = await requests();
  return [result, made.map(({ method, path }) => `${method} ${shorten(path)}`)];
}

function shorten(path: string): string {
  return path.replace(/^.*\/(?:secondary_dns|zones\/[^/]+|domains\/[^/]+|v4|v2)\//, "");
}

/** The error that the promise ends in; ending well fails the test. */
export async function errorOf(run: Promise<unknown>): Promise<Error> {
  try {
    await run;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error("should have failed");
}

export const messageOf = async (run: Promise<unknown>): Promise<string> => (await errorOf(run)).message;
