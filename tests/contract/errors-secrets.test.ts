import "../support/one-realm";
import { once } from "node:events";
import { createServer } from "node:http";
import { Secret } from "../../provider/core/secret";
import { tsig } from "../../provider/runtime";
import {
  ACCOUNT,
  cloudflareOperations,
  everyOperation,
  hostupOperations,
  SECRET,
} from "../support/client-operations";
import { useFaultyServices } from "../support/faulty-services";
import { Managed, simulatorConfig } from "../support/handlers";
import { errorOf } from "../support/outcome";
import { problem, refusal } from "../support/refusals";

const { simulated, clients, inject, expectTeachingAfter, expectNoSecret } = useFaultyServices();

describe("a service that says secrets back", () => {
  const hidden = ["HTTP 400", "given: [secret], Bearer [secret], Bearer [secret]"];
  const echo = () => {
    const { cloudflareToken, hostupToken } = simulated().simulator;
    return `given: ${SECRET}, Bearer ${cloudflareToken}, Bearer ${hostupToken}`;
  };

  test.each(cloudflareOperations)(
    "cannot make the error print them: Cloudflare, $named",
    async (operation) => {
      // Only what this process has met as a secret can be known as one.
      new Secret(simulated().simulator.hostupToken);
      const fault = refusal(400, {
        code: 1003,
        message: echo(),
        source: { pointer: `/${echo()}` },
        error_chain: [{ code: 1004, message: echo() }],
      });
      await expectTeachingAfter(fault, operation, hidden);
    },
  );

  test.each(hostupOperations)("cannot make the error print them: HostUp, $named", async (operation) => {
    new Secret(simulated().simulator.cloudflareToken);
    const errors = [{ pointer: `/${echo()}`, detail: echo(), code: echo() }];
    const fault = problem(400, { code: echo(), detail: echo(), title: echo(), requestId: echo(), errors });
    await expectTeachingAfter(fault, operation, hidden);
  });

  test.each(everyOperation)(
    "cannot make the error print them in what is not its own form: $named",
    async (operation) => {
      const body = `<html>${echo()}</html>`;
      await expectTeachingAfter({ kind: "status", status: 502, body }, operation, ["HTTP 502"]);
    },
  );

  test.each(everyOperation)("cannot make the error print them in a header: $named", async ({ run }) => {
    const headers = { "cf-ray": echo(), "retry-after": echo() };
    await inject({ ...refusal(400, { code: 1003, message: "x" }), headers });
    expectNoSecret(await errorOf(run(clients())));
  });

  test.each(everyOperation)("cannot make the error print them in a 429: $named", async ({ service, run }) => {
    const fault =
      service === "Cloudflare"
        ? refusal(429, { code: 971, message: echo() })
        : problem(429, { code: "rate_limited", detail: echo() });
    await inject({ ...fault, headers: { ...fault.headers, "retry-after": echo() } });
    expectNoSecret(await errorOf(run(clients())));
  });

  test("cannot make a resource's error print the secret that it creates", async () => {
    const { simulator, fault } = simulated();
    await fault({ method: "POST", fault: refusal(400, { code: 1003, message: echo() }) });
    const resource = new Managed(tsig, simulatorConfig(simulator));
    const program = { accountId: ACCOUNT, name: "new.example.com.", secret: SECRET };
    expectNoSecret(await errorOf(resource.up(program)));
  });
});

test("credentials do not follow a redirect to another origin", async () => {
  const seen: unknown[] = [];
  const elsewhere = createServer((request, response) => {
    seen.push(request.headers);
    response.end("{}");
  }).listen(0, "127.0.0.1");
  await once(elsewhere, "listening");
  try {
    const address = elsewhere.address();
    if (address === null || typeof address === "string") throw new Error("no TCP address");
    const headers = { location: `http://127.0.0.1:${address.port}/` };
    await inject({ kind: "status", status: 307, body: "", headers });
    for (const operation of everyOperation) await errorOf(operation.run(clients()));
    expect(seen).toEqual([]);
  } finally {
    await new Promise((resolve) => elsewhere.close(resolve));
  }
});
