import "../support/one-realm";
import { createCloudflareClient } from "../../provider/cloudflare/client";
import { readSettings } from "../../provider/core/settings";
import { createHostupClient } from "../../provider/hostup/client";
import { createTransport } from "../../provider/http/transport";
import { cloudflareOperations, hostupOperations } from "../support/client-operations";
import { type Clients, IMPATIENT } from "../support/clients";
import { useFaultyServices } from "../support/faulty-services";
import { simulatorConfig } from "../support/handlers";
import { messageOf } from "../support/outcome";
import { problem, refusal } from "../support/refusals";

const { simulated, clients, inject, expectTeachingAfter } = useFaultyServices();

const LOCATION = "Cannot use the access token from location: 192.0.2.1";
const BAD_CREDENTIAL = "does not know this credential";
const PERMISSION = /give the API token the permission/;

describe.each(cloudflareOperations)("Cloudflare refuses the credential to $named", (operation) => {
  test.each([
    ["9109 for the address", 403, { code: 9109, message: LOCATION }, "Client IP Address Filtering"],
    ["9103", 403, { code: 9103, message: "Unknown X-Auth-Key or X-Auth-Email" }, BAD_CREDENTIAL],
    ["9103", 400, { code: 9103, message: "Unknown X-Auth-Key or X-Auth-Email" }, BAD_CREDENTIAL],
    ["9106", 403, { code: 9106, message: "Missing X-Auth-Key, X-Auth-Email" }, BAD_CREDENTIAL],
    ["9106", 400, { code: 9106, message: "Missing X-Auth-Key, X-Auth-Email" }, BAD_CREDENTIAL],
    ["10001", 403, { code: 10001, message: "Unable to authenticate request" }, BAD_CREDENTIAL],
    [
      "405",
      405,
      { code: 10405, message: "Method not allowed for this authentication scheme: api_token" },
      "this call takes no API token",
    ],
  ])("with %s, and is told apart from a missing permission (HTTP %i)", async (_code, status, error, next) => {
    await expectTeachingAfter(refusal(status, error), operation, [`HTTP ${status}`, next]);
    expect(await messageOf(operation.run(clients()))).not.toMatch(PERMISSION);
  });

  test("with 9109 for the resource, which is a missing permission", async () => {
    const error = { code: 9109, message: "Unauthorized to access requested resource" };
    await expectTeachingAfter(refusal(403, error), operation, [PERMISSION]);
  });
});

describe("where the service says more, it is shown:", () => {
  const documentation_url = "https://developers.cloudflare.com/api/operations/x";

  test.each(cloudflareOperations)("the documentation of a refusal to $named", async (operation) => {
    const error = { code: 1003, message: "no", documentation_url, source: { pointer: "/name" } };
    await expectTeachingAfter(refusal(400, error), operation, [
      `1003: no (at /name; see ${documentation_url})`,
    ]);
  });

  test("nothing that is no https URL", async () => {
    for (const strange of [
      "javascript:alert(1)",
      "http://evil.example",
      "run: rm -rf",
      "https://a b",
      7,
      null,
    ]) {
      await simulated().clearFaults();
      await inject(refusal(400, { code: 1003, message: "no", documentation_url: strange }));
      const [operation] = cloudflareOperations;
      expect(await messageOf(operation?.run(clients()) ?? Promise.resolve())).toMatch(/1003: no$/m);
    }
  });
});

describe("the messages of a success", () => {
  let lines: string[];

  async function read(messages: unknown): Promise<void> {
    lines = [];
    const log = jest.spyOn(console, "log").mockImplementation((line) => lines.push(line));
    const body = { success: true, errors: [], messages, result: { status: "disabled" } };
    await inject({ kind: "status", status: 200, body });
    const [operation] = cloudflareOperations;
    const all = clients();
    for (let times = 0; times < 3; times += 1) await operation?.run(all);
    log.mockRestore();
  }

  test("are printed, one line each and once", async () => {
    await read([
      {
        code: 10000,
        message: "This call is deprecated\nNext: x",
        documentation_url: "https://developers.cloudflare.com/y",
      },
      "a plain text",
    ]);
    expect(lines).toEqual([
      "Cloudflare says: This call is deprecated Next: x (see https://developers.cloudflare.com/y)",
      "Cloudflare says: a plain text",
    ]);
  });

  test("are bounded, however many there are", async () => {
    await read(Array.from({ length: 10_000 }, (_, code) => ({ code, message: `message ${code}` })));
    expect(lines).toHaveLength(20);
  });

  test.each([[null], [undefined], ["text"], [[null, 7, { code: 1 }]]])(
    "may be nonsense: %j",
    async (messages) => {
      await read(messages);
      expect(lines).toEqual([]);
    },
  );
});

describe("a refused token that may have been changed", () => {
  const CHANGED = /^ {2}If the credential was changed with "pulumi config set": .*--run-program/m;

  /** Clients whose credentials are from the environment. */
  function ofEnvironment(): Clients {
    const { cloudflare, cloudflareToken, hostup, hostupToken } = simulated().simulator;
    const env: Record<string, string> = {
      CLOUDFLARE_API_TOKEN: cloudflareToken,
      CLOUDFLARE_BASE_URL: cloudflare,
      HOSTUP_API_TOKEN: hostupToken,
      HOSTUP_BASE_URL: hostup,
    };
    const source = { config: () => undefined, env: (name: string) => env[name] };
    const transport = createTransport({ retryPolicy: IMPATIENT });
    return {
      cloudflare: createCloudflareClient(transport, readSettings(source, "cloudflare", undefined)),
      hostup: createHostupClient(transport, readSettings(source, "hostup", undefined)),
    };
  }

  const refusals = [
    ...[401, 403].flatMap((status) =>
      cloudflareOperations.map((operation) => ({
        operation,
        fault: refusal(status, { code: 10000, message: "Authentication error" }),
      })),
    ),
    ...[401, 403].flatMap((status) =>
      hostupOperations.map((operation) => ({ operation, fault: problem(status, { code: "unauthorized" }) })),
    ),
  ];

  test.each(refusals)(
    "in the stack configuration: says how the new one comes to count",
    async ({ operation, fault }) => {
      await inject(fault);
      expect(await messageOf(operation.run(clients()))).toMatch(CHANGED);
    },
  );

  test.each(refusals)(
    "in the environment is the current one, so nothing is said",
    async ({ operation, fault }) => {
      await inject(fault);
      expect(await messageOf(operation.run(ofEnvironment()))).not.toMatch(CHANGED);
    },
  );

  test("is not the matter of another refusal", async () => {
    const [operation] = cloudflareOperations;
    await inject(refusal(400, { code: 1003, message: "no" }));
    expect(simulatorConfig(simulated().simulator)).toHaveProperty("cloudflare:apiToken");
    expect(await messageOf(operation?.run(clients()) ?? Promise.resolve())).not.toMatch(CHANGED);
  });
});
