import { z } from "zod";
import { withSimulator } from "../support/simulator-client";

const KEY = { name: "key.example.", algo: "hmac-sha512.", secret: "c2VjcmV0" };
const ID = expect.stringMatching(/^[0-9a-f]{32}$/);

const withId = z.object({ result: z.object({ id: z.string() }) });

function idOf({ body }: { readonly body: unknown }): string {
  return withId.parse(body).result.id;
}

describe("TSIG keys", () => {
  test(
    "are created, read with their secret in clear, replaced under the same id and deleted",
    withSimulator({}, async (client) => {
      const created = await client.cloudflare("POST", client.tsigs, KEY);
      expect(created).toMatchObject({
        status: 200,
        body: { success: true, errors: [], messages: [], result: { ...KEY, id: ID } },
      });
      const id = idOf(created);
      const path = `${client.tsigs}/${id}`;
      expect((await client.cloudflare("GET", path)).body).toEqual(created.body);

      const changed = { name: "other.example.", algo: "hmac-sha256.", secret: "b3RoZXI=" };
      expect((await client.cloudflare("PUT", path, changed)).body).toMatchObject({
        result: { ...changed, id },
      });
      expect((await client.cloudflare("GET", client.tsigs)).body).toEqual({
        success: true,
        errors: [],
        messages: [],
        result: [{ ...changed, id }],
        result_info: { page: 1, per_page: 1, count: 1, total_count: 1 },
      });

      expect(await client.cloudflare("DELETE", path)).toMatchObject({
        status: 200,
        body: { result: { id } },
      });
      for (const [method, body] of [["GET"], ["PUT", KEY], ["DELETE"]] as const) {
        expect(await client.cloudflare(method, path, body)).toMatchObject({
          status: 404,
          body: { success: false, errors: [{ code: 1301, message: "TSIG not found" }], result: null },
        });
      }
    }),
  );

  test(
    "may share a name: the same request twice makes two",
    withSimulator({}, async (client) => {
      const first = await client.cloudflare("POST", client.tsigs, KEY);
      const second = await client.cloudflare("POST", client.tsigs, KEY);

      expect(idOf(first)).not.toBe(idOf(second));
      expect((await client.cloudflare("GET", client.tsigs)).body).toMatchObject({
        result: [KEY, KEY],
        result_info: { total_count: 2 },
      });
    }),
  );

  test(
    "are deleted with a body as the specification has it, too",
    withSimulator({}, async (client) => {
      const id = idOf(await client.cloudflare("POST", client.tsigs, KEY));

      expect(await client.cloudflare("DELETE", `${client.tsigs}/${id}`, {})).toMatchObject({ status: 200 });
    }),
  );

  test.each([
    ["no name", { algo: KEY.algo, secret: KEY.secret }, "/name"],
    ["no algo", { name: KEY.name, secret: KEY.secret }, "/algo"],
    ["no secret", { name: KEY.name, algo: KEY.algo }, "/secret"],
    ["an empty secret", { ...KEY, secret: "" }, "/secret"],
    ["a number for a name", { ...KEY, name: 5 }, "/name"],
    ["a null", { ...KEY, algo: null }, "/algo"],
    ["an unknown field", { ...KEY, id: "x" }, "/id"],
    ["a name that is no domain name", { ...KEY, name: "two words." }, "/name"],
    ["an unknown algorithm", { ...KEY, algo: "hmac-sha3." }, "/algo"],
    ["a list", [KEY], ""],
    ["no body", undefined, ""],
  ])("are refused with %s, by POST and by PUT", (_what, body, pointer) =>
    withSimulator({}, async (client) => {
      const path = `${client.tsigs}/${idOf(await client.cloudflare("POST", client.tsigs, KEY))}`;
      const refusal = {
        status: 400,
        body: { success: false, errors: [{ code: 1003, source: { pointer } }] },
      };

      expect(await client.cloudflare("POST", client.tsigs, body)).toMatchObject(refusal);
      expect(await client.cloudflare("PUT", path, body)).toMatchObject(refusal);
      expect((await client.cloudflare("GET", path)).body).toMatchObject({ result: KEY });
    })(),
  );

  test(
    "are never quoted in a refusal",
    withSimulator({ switches: { tsigSecrets: "base64" } }, async (client) => {
      const { status, body } = await client.cloudflare("POST", client.tsigs, {
        ...KEY,
        secret: "not base64",
      });

      expect(status).toBe(400);
      expect(JSON.stringify(body)).not.toContain("not base64");
    }),
  );

  test(
    "belong to an account: another one looks like a wrong token",
    withSimulator({}, async (client) => {
      const path = `/accounts/${"0".repeat(32)}/secondary_dns/tsigs`;

      expect(await client.cloudflare("GET", path)).toMatchObject({
        status: 403,
        body: { errors: [{ code: 10000, message: "Authentication error" }] },
      });
    }),
  );
});

describe("the form of a TSIG key", () => {
  const bare = { name: "key.example", algo: "hmac-sha512", secret: "c2VjcmV0" };

  test.each([
    ["append-dot", "append-dot", { status: 200, body: { result: KEY } }],
    ["store-as-given", "store-as-given", { status: 200, body: { result: bare } }],
    ["require-dot", "append-dot", { status: 400, body: { errors: [{ source: { pointer: "/name" } }] } }],
    ["append-dot", "require-dot", { status: 400, body: { errors: [{ source: { pointer: "/algo" } }] } }],
  ] as const)("with tsigNames %s and tsigAlgorithmDots %s", (tsigNames, tsigAlgorithmDots, expected) =>
    withSimulator({ switches: { tsigNames, tsigAlgorithmDots } }, async (client) => {
      expect(await client.cloudflare("POST", client.tsigs, bare)).toMatchObject(expected);
    })(),
  );

  test.each([
    ["rfc8945", 200, 400],
    ["hmac-sha512-only", 400, 400],
    ["any", 200, 200],
  ] as const)("with tsigAlgorithms %s", (tsigAlgorithms, sha256, unheardOf) =>
    withSimulator({ switches: { tsigAlgorithms } }, async (client) => {
      const statusFor = async (algo: string) =>
        (await client.cloudflare("POST", client.tsigs, { ...KEY, algo })).status;

      expect(await statusFor("hmac-sha256.")).toBe(sha256);
      expect(await statusFor("unheard-of.")).toBe(unheardOf);
    })(),
  );
});
