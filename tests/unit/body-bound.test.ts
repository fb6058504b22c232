import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { BODY_BYTES, BODY_VALUES } from "../../provider/core/bounds";
import { UnexpectedAnswerError } from "../../provider/core/errors";
import { ApiClient } from "../../provider/http/api-client";
import type { Dialect } from "../../provider/http/dialect";
import { parseJson } from "../../provider/http/json-body";
import { createTransport } from "../../provider/http/transport";
import { IMPATIENT } from "../support/clients";
import { errorOf } from "../support/outcome";

/** Calls a server that answers as told; gives the outcome, and what the server had written when the client was through. */
async function calling(answer: (response: ServerResponse, stop: AbortSignal) => void) {
  const stopped = new AbortController();
  let closed: Promise<unknown> = Promise.resolve();
  const server = createServer((_request, response) => {
    closed = once(response, "close");
    answer(response, stopped.signal);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const dialect: Dialect = {
    service: "Cloudflare",
    baseUrl: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/client/v4`),
    headers: () => ({}),
    read(given) {
      const json = parseJson(given);
      return json.ok ? { kind: "result", result: json.body } : { kind: "unreadable", reason: json.reason };
    },
    requestId: () => undefined,
    hint: () => "hint",
  };
  const client = new ApiClient(createTransport({ timeout: 20_000, retryPolicy: IMPATIENT }), dialect);
  const call = client.call({
    operation: "read it",
    method: "GET",
    path: ["it"],
    result: z.unknown(),
    permission: "",
  });
  try {
    return await call;
  } finally {
    // The connection ends with the call, not with the server.
    await closed;
    stopped.abort();
    server.closeAllConnections();
    server.close();
  }
}

/** Writes as fast as the other side reads, and counts. */
function endless(response: ServerResponse, chunk: Buffer, written: { bytes: number }): void {
  const more = () => {
    do written.bytes += chunk.length;
    while (response.write(chunk));
  };
  response.on("drain", more).on("error", () => {});
  more();
}

describe("a body", () => {
  test("without an end is read up to the bound, and the connection is closed", async () => {
    const written = { bytes: 0 };
    const error = await errorOf(calling((response) => endless(response, Buffer.alloc(65_536, " "), written)));
    expect(error).toBeInstanceOf(UnexpectedAnswerError);
    expect(error.message).toContain("HTTP 200, a body of more than 8 MiB");
    expect(written.bytes).toBeLessThan(2 * BODY_BYTES);
  });

  test("of just the bound is read", async () => {
    const text = `"${"x".repeat(BODY_BYTES - 2)}"`;
    expect(await calling((response) => response.end(text))).toHaveLength(BODY_BYTES - 2);
  });

  test("of one byte more is not", async () => {
    const text = `"${"x".repeat(BODY_BYTES - 1)}"`;
    expect((await errorOf(calling((response) => response.end(text)))).message).toContain("more than 8 MiB");
  });

  test.each([
    ["opens more lists than it may", "[".repeat(BODY_VALUES + 1)],
    ["holds more values than it may", `[${"0,".repeat(BODY_VALUES)}0]`],
    ["holds more objects than it may", `[${"{},".repeat(BODY_VALUES)}{}]`],
  ])("that %s is not taken apart", async (_title, text) => {
    const { message } = await errorOf(calling((response) => response.end(text)));
    expect(message).toContain(`HTTP 200, JSON of more than ${BODY_VALUES} values`);
  });

  test("of as many values as it may hold is", async () => {
    const text = `[${"0,".repeat(BODY_VALUES - 2)}0]`;
    expect(await calling((response) => response.end(text))).toHaveLength(BODY_VALUES - 1);
  });
});
