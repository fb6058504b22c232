import "../support/one-realm";
import { getDnssecAuto, setDnssecAuto } from "../../provider/hostup/dnssec-auto";
import { hostupOperations } from "../support/client-operations";
import { clientsOf } from "../support/clients";
import { type TeachingCase, useFaultyServices } from "../support/faulty-services";
import { simulatorConfig } from "../support/handlers";
import { errorOf, messageOf } from "../support/outcome";
import { problem, REQUEST_ID } from "../support/refusals";

const { simulated, clients, inject, expectTeachingAfter } = useFaultyServices();

describe.each(hostupOperations)("an error of HostUp to: $named", (operation) => {
  const { permission, missingIsFine, run } = operation;

  test.each<TeachingCase>([
    [
      "a 400 with the places of the mistakes",
      problem(400, {
        code: "invalid_request",
        title: "Validation failed",
        detail: "The request failed validation.",
        errors: [
          { pointer: "/action", detail: "Unknown action", code: "invalid_request" },
          { pointer: "/force", detail: "Unknown field", code: "invalid_request" },
        ],
      }),
      [
        "HTTP 400",
        "invalid_request: The request failed validation.",
        "Unknown action (at /action)",
        "Unknown field (at /force)",
        "correct the inputs named above",
      ],
    ],
    [
      "a 401",
      problem(401, { code: "unauthorized", detail: "Authentication is required." }),
      ["HTTP 401", "unauthorized: Authentication is required.", "not expired", `"${permission}"`],
    ],
    [
      "a 403",
      problem(403, { code: "forbidden", detail: "Missing required scope." }),
      ["HTTP 403", "forbidden: Missing required scope.", `the scopes "${permission}"`],
    ],
    [
      "a 409",
      problem(409, { code: "domain_conflict", detail: "A transfer is in progress." }),
      ["HTTP 409", "domain_conflict", "a state that does not allow this"],
    ],
    [
      "a 500",
      problem(500, { code: "internal_error", title: "Internal error" }),
      ["HTTP 500", "internal_error: Internal error", "wait a little"],
    ],
    [
      "a 403 that lacks its code, and the fields of its errors",
      problem(403, { detail: "Not this domain.", errors: [{ detail: "locked" }, {}] }),
      [
        "HTTP 403",
        "no code given: Not this domain.",
        "no code given: locked",
        "no code given: no detail given",
      ],
    ],
    [
      "a 502 of the registry behind it",
      problem(502, { code: "external_provider_failed" }),
      ["HTTP 502", "external_provider_failed: no detail given", "its registry is in trouble"],
    ],
  ])("teaches after %s, with the request id", async (_title, fault, parts) => {
    await expectTeachingAfter(fault, operation, [...parts, `(request id ${REQUEST_ID})`]);
  });

  test(`${missingIsFine ? "gives nothing" : "teaches"} after a missing domain`, async () => {
    const fault = problem(404, { code: "not_found", detail: "The domain does not exist." });
    if (!missingIsFine) {
      const parts = ["HTTP 404", "not_found", "check the domain id or name", REQUEST_ID];
      return expectTeachingAfter(fault, operation, parts);
    }
    await inject(fault);
    expect(await run(clients())).toBeUndefined();
  });

  test.each<TeachingCase>([
    [
      "a 404 in somebody else's JSON",
      { kind: "status", status: 404, body: { message: "no Route matched" } },
      ["HTTP 404", "JSON that is not HostUp's problem document"],
    ],
    [
      "a 200 of another shape",
      { kind: "status", status: 200, body: { success: true, data: {} } },
      ["HTTP 200", "an unexpected result"],
    ],
  ])("teaches after %s", async (_title, fault, parts) => {
    await expectTeachingAfter(fault, operation, parts);
  });
});

describe("the simulated services themselves refuse", () => {
  test("an unknown token of HostUp", async () => {
    const config = { ...simulatorConfig(simulated().simulator), "hostup:apiToken": "unknown-token" };
    const { message } = await errorOf(getDnssecAuto(clientsOf(config).hostup, "dom_a"));
    expect(message).toContain("HTTP 401");
    expect(message).toMatch(/request id req_[0-9a-f]+/);
    expect(message).not.toContain("unknown-token");
  });

  test("a token of HostUp without the scope to write", async () => {
    const { simulator, patch } = simulated();
    await patch({ tokens: { hostup: { [simulator.hostupToken]: { scopes: ["read:domains"] } } } });
    const message = await messageOf(setDnssecAuto(clients().hostup, "dom_a", "include"));
    expect(message).toContain("forbidden: Missing required scope: write:domains.");
    expect(message).toContain('the scopes "read:domains write:domains"');
  });
});
