import * as fc from "fast-check";
import { z } from "zod";
import { InputError } from "../../provider/core/errors";
import { ApiClient } from "../../provider/http/api-client";
import type { Dialect } from "../../provider/http/dialect";
import type { HttpRequest } from "../../provider/http/transport";
import { IMPATIENT } from "../support/clients";
import { SILENT } from "../support/engine-runs";
import { errorOf } from "../support/outcome";

const dialect: Dialect = {
  service: "Cloudflare",
  baseUrl: new URL("https://api.example/client/v4"),
  headers: () => ({}),
  read: () => ({ kind: "result", result: null }),
  requestId: () => undefined,
  hint: () => "hint",
};

/** Deletes an object by its id; gives the URL that is called. */
async function urlFor(id: string): Promise<string | undefined> {
  let sent: HttpRequest | undefined;
  const transport = {
    retryPolicy: IMPATIENT,
    progress: SILENT,
    notices: () => {},
    async send(request: HttpRequest) {
      sent = request;
      return { status: 200, header: () => undefined, text: "" };
    },
  };
  const operation = `delete TSIG ${id}`;
  const path = ["accounts", "0123", "tsigs", id];
  const client = new ApiClient(transport, dialect);
  try {
    await client.call({ operation, method: "DELETE", path, result: z.unknown(), permission: "" });
  } catch (error) {
    expect(sent).toBeUndefined();
    throw error;
  }
  return sent?.url;
}

describe("an id becomes one part of a path,", () => {
  test.each(["fedcba9876543210fedcba9876543210", "dom_01hxa3b4c5d6e7f8g9h0j1k2m3"])(
    "such as %s",
    async (id) => {
      expect(await urlFor(id)).toBe(`https://api.example/client/v4/accounts/0123/tsigs/${id}`);
    },
  );

  test.each([
    "",
    ".",
    "..",
    "../",
    "../peers/1",
    "a/b",
    "%2e%2e",
    "a?b",
    "a#b",
    "a b",
    "å",
    "\ud800",
    "a\nNext: b",
    "x".repeat(200),
  ])("and %j is refused before anything is sent", async (id) => {
    const error = await errorOf(urlFor(id));
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(/^Cannot delete TSIG.*: .* is not an id\.\nNext: \S.*$/);
  });

  test("whatever it is: nothing but the object of this id is ever called", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (id) => {
        const url = await urlFor(id).catch((error: unknown) => {
          expect(error).toBeInstanceOf(InputError);
        });
        if (url !== undefined) expect(url).toBe(`https://api.example/client/v4/accounts/0123/tsigs/${id}`);
      }),
    );
  });
});
