import "../support/one-realm";
import { getDnssec } from "../../provider/cloudflare/dnssec";
import {
  cloudflareOperations,
  createOneTsig,
  listEveryTsig,
  type Operation,
  readDnssec,
  readTsig,
  SECRET,
  TSIG,
  ZONE,
} from "../support/client-operations";
import { clientsOf } from "../support/clients";
import { type TeachingCase, useFaultyServices } from "../support/faulty-services";
import { simulatorConfig } from "../support/handlers";
import { errorOf } from "../support/outcome";
import { type Fault, RAY, refusal } from "../support/refusals";

const { simulated, clients, inject, expectTeaching, expectTeachingAfter } = useFaultyServices();

describe.each(cloudflareOperations)("an error of Cloudflare to: $named", (operation) => {
  const { permission, missingIsFine, run } = operation;

  test.each<TeachingCase>([
    [
      "a 400 with the place of the mistake",
      refusal(400, { code: 1003, message: "Malformed request body", source: { pointer: "/name" } }),
      ["HTTP 400", "1003: Malformed request body (at /name)", "correct the inputs named above"],
    ],
    [
      "a 400 with all of its mistakes",
      refusal(400, { code: 1003, message: "First" }, { code: 1004, message: "Second" }),
      ["HTTP 400", "1003: First", "1004: Second"],
    ],
    [
      "a 400 for a header, with its chain of causes",
      refusal(400, {
        code: 6003,
        message: "Invalid request headers",
        error_chain: [{ code: 6111, message: "Invalid format for Authorization header" }],
      }),
      ["HTTP 400", "6003: Invalid", "6111: Invalid", "does not look like an API token"],
    ],
    [
      "a 400 for the plan or a zone that is not active",
      refusal(400, { code: 1017, message: "Invalid zone plan for action" }),
      ["HTTP 400", "1017", "the zone is not active yet", "Enterprise"],
    ],
    [
      "a 401",
      refusal(401, { code: 10001, message: "Unable to authenticate request" }),
      ["HTTP 401", "10001", "is valid and not expired", `"${permission}"`],
    ],
    [
      "a 401 that is about the entitlement",
      refusal(401, { code: 2000, message: "Not authorized to setup outgoing zone transfers" }),
      ["HTTP 401", "ask Cloudflare's account team"],
    ],
    [
      "a 403",
      refusal(403, { code: 10000, message: "Authentication error" }),
      ["HTTP 403", "10000: Authentication error", `the permission "${permission}"`],
    ],
    [
      "a 403 for the resource",
      refusal(403, { code: 9109, message: "Unauthorized to access requested resource" }),
      ["HTTP 403", "9109", `the permission "${permission}"`],
    ],
    ["a 409", refusal(409, { code: 1005, message: "Conflict" }), ["HTTP 409", "1005", "pulumi refresh"]],
    [
      "a 500",
      refusal(500, { code: 1000, message: "internal server error" }),
      ["HTTP 500", "1000", "cloudflarestatus"],
    ],
    [
      "a 200 that says it failed",
      refusal(200, { code: 1003, message: "Malformed request body" }),
      ["HTTP 200", "1003: Malformed request body"],
    ],
    [
      "a 200 that is not the envelope",
      { kind: "status", status: 200, body: { result: "ok" }, headers: { "cf-ray": RAY } },
      ["HTTP 200", "JSON that is not Cloudflare's envelope"],
    ],
    [
      "a failure status around a success",
      { kind: "status", status: 400, body: { success: true, result: {} }, headers: { "cf-ray": RAY } },
      ["HTTP 400", "a success envelope with a failure status"],
    ],
  ])("teaches after %s, with the request id", async (_title, fault, parts) => {
    await expectTeachingAfter(fault, operation, [...parts, `(request id ${RAY})`]);
  });

  test.each<readonly [title: string, status: string, fault: Fault]>([
    [
      "an unknown path",
      "HTTP 404",
      refusal(404, {
        code: 7003,
        message: "Could not route to /x, perhaps your object identifier is invalid?",
      }),
    ],
    ["a missing object", "HTTP 404", refusal(404, { code: 1301, message: "TSIG not found" })],
    [
      "an id that is none any more",
      "HTTP 400",
      refusal(400, { code: 7003, message: "Could not route to /x" }),
    ],
  ])(`${missingIsFine ? "gives nothing" : "teaches"} after %s`, async (_title, status, fault) => {
    if (!missingIsFine) {
      return expectTeachingAfter(fault, operation, [status, "check the id", `(request id ${RAY})`]);
    }
    await inject(fault);
    expect(await run(clients())).toBeUndefined();
  });
});

describe("results that lack what the documents promise", () => {
  test.each<readonly [title: string, operation: Operation, result: unknown, place: string]>([
    ["an unknown status", readDnssec, { status: "asleep" }, "status: "],
    ["a listed TSIG without its secret", listEveryTsig, [{ id: TSIG, name: "x.", algo: "y." }], "0.secret: "],
    ["a TSIG without its algorithm", readTsig, { id: TSIG, name: "x.", secret: SECRET }, "algo: "],
    ["no result at all", createOneTsig, null, "result: "],
  ])("are named by their place: %s", async (_title, operation, result, place) => {
    const body = { success: true, errors: [], messages: [], result };
    const parts = ["HTTP 200", "an unexpected result", place];
    await expectTeachingAfter({ kind: "status", status: 200, body }, operation, parts);
  });
});

describe("the simulated services themselves refuse", () => {
  test("an unknown token of Cloudflare", async () => {
    const config = { ...simulatorConfig(simulated().simulator), "cloudflare:apiToken": "unknown-token" };
    const error = await errorOf(readDnssec.run(clientsOf(config)));
    expectTeaching(error, readDnssec, ["HTTP 403", "10000", /request id [0-9a-f]{16}-ARN/]);
    expect(error.message).not.toContain("unknown-token");
  });

  test("a wrong key beside an e-mail", async () => {
    const { simulator } = simulated();
    const config = {
      "cloudflare:email": simulator.cloudflareEmail,
      "cloudflare:apiKey": "wrong-key",
      "cloudflare:baseUrl": simulator.cloudflare,
      "hostup:apiToken": simulator.hostupToken,
    };
    const { message } = await errorOf(getDnssec(clientsOf(config).cloudflare, ZONE));
    expect(message).toContain("HTTP 403");
    expect(message).not.toContain("wrong-key");
  });
});
