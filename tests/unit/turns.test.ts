import { createCloudflareClient } from "../../provider/cloudflare/client";
import { accountTsigs } from "../../provider/cloudflare/tsigs";
import { Secret } from "../../provider/core/secret";
import { DEFAULT_RETRY_POLICY } from "../../provider/http/retry-policy";
import type { HttpResponse } from "../../provider/http/transport";

/** Jest's fake timers do not reach this module; the global one they do. */
jest.mock("node:timers/promises", () => ({
  setTimeout: (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}));

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Every answer says that the budget is spent for a minute; the first ones are cut off. */
function clientOf(cutOff: number) {
  const sent: number[] = [];
  const client = createCloudflareClient(
    {
      retryPolicy: DEFAULT_RETRY_POLICY,
      progress: { say() {} },
      notices: () => {},
      async send(): Promise<HttpResponse> {
        sent.push(Date.now());
        const text = JSON.stringify({ success: true, result: [] });
        return {
          status: 200,
          header: (name) => (name === "ratelimit" ? '"default";r=0;t=60' : undefined),
          text: sent.length <= cutOff ? text.slice(0, 10) : text,
        };
      },
    },
    {
      baseUrl: new URL("https://api.example"),
      credentials: { kind: "token", token: new Secret("a-token-of-this-test") },
      place: "stack",
    },
  );
  return { client, sent };
}

test("calls that wait for the rate limit, or for an equal read that does, lose no patience by it", async () => {
  const { client, sent } = clientOf(3);
  const reads = Promise.all([1, 2, 3].map(() => accountTsigs.list(client, "account")));
  await jest.advanceTimersByTimeAsync(300_000);
  expect(await reads).toEqual([[], [], []]);
  expect((sent[3] ?? 0) - (sent[0] ?? 0)).toBeGreaterThan(DEFAULT_RETRY_POLICY.garbled);
});
