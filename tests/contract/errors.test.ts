import "../support/one-realm";
import { createServer } from "node:http";
import { createServer as createTcpServer, type Server } from "node:net";
import { inspect } from "node:util";
import { deleteDnssec, editDnssec, getDnssec } from "../../provider/cloudflare/dnssec";
import { createTsig, deleteTsig, getTsig, listTsigs, replaceTsig } from "../../provider/cloudflare/tsigs";
import { isSecondaryDnsError } from "../../provider/core/errors";
import { Secret } from "../../provider/core/secret";
import { getDnssecAuto, setDnssecAuto } from "../../provider/hostup/dnssec-auto";
import { findDomainId } from "../../provider/hostup/domains";
import { tsig } from "../../provider/runtime";
import type { FaultRule } from "../../simulator";
import { type Clients, clientsOf } from "../support/clients";
import { useSimulator } from "../support/control";
import { Managed, simulatorConfig } from "../support/handlers";
import { errorOf } from "../support/outcome";

const ACCOUNT = "9af211329b2fc82e5efe906062c73008";
const ZONE = "0123456789abcdef0123456789abcdef";
const TSIG = "fedcba9876543210fedcba9876543210";
const SECRET = Buffer.alloc(64, 0xfb).toString("base64");
const RAY = "8f1d2c3b4a5e6f70-ARN";
const REQUEST_ID = "req_01hxa3b4c5d6e7f8g9h0j1k2m3";

const content = { name: "cf.example.com.", algo: "hmac-sha512.", secret: new Secret(SECRET) };

type Fault = FaultRule["fault"];
type Body = NonNullable<Extract<Fault, { kind: "status" }>["body"]>;
type Part = string | RegExp;

/** One call of a typed client, and the words that every error about it has. */
interface Operation {
  readonly named: string;
  readonly method: NonNullable<FaultRule["method"]>;
  readonly path: string;
  readonly permission: string;
  /** A missing object is an outcome, not an error. */
  readonly missingIsFine?: true;
  run(clients: Clients): Promise<unknown>;
}

const DNSSEC = `/client/v4/zones/${ZONE}/dnssec`;
const TSIGS = `/client/v4/accounts/${ACCOUNT}/secondary_dns/tsigs`;
const AUTO = "/api/v2/domains/dom_a/dnssec-auto";

const cloudflareOperations: readonly Operation[] = [
  {
    named: `read DNSSEC of zone ${ZONE}`,
    method: "GET",
    path: DNSSEC,
    permission: "DNS Read",
    missingIsFine: true,
    run: ({ cloudflare }) => getDnssec(cloudflare, ZONE),
  },
  {
    named: `change DNSSEC of zone ${ZONE}`,
    method: "PATCH",
    path: DNSSEC,
    permission: "DNS Write",
    run: ({ cloudflare }) => editDnssec(cloudflare, ZONE, { status: "active" }),
  },
  {
    named: `delete DNSSEC of zone ${ZONE}`,
    method: "DELETE",
    path: DNSSEC,
    permission: "DNS Write",
    missingIsFine: true,
    run: ({ cloudflare }) => deleteDnssec(cloudflare, ZONE),
  },
  {
    named: `list the TSIGs of account ${ACCOUNT}`,
    method: "GET",
    path: TSIGS,
    permission: "Account Settings Read",
    run: ({ cloudflare }) => listTsigs(cloudflare, ACCOUNT),
  },
  {
    named: `read TSIG ${TSIG} of account ${ACCOUNT}`,
    method: "GET",
    path: `${TSIGS}/${TSIG}`,
    permission: "Account Settings Read",
    missingIsFine: true,
    run: ({ cloudflare }) => getTsig(cloudflare, ACCOUNT, TSIG),
  },
  {
    named: `create TSIG "cf.example.com." in account ${ACCOUNT}`,
    method: "POST",
    path: TSIGS,
    permission: "Account Settings Write",
    run: ({ cloudflare }) => createTsig(cloudflare, ACCOUNT, content, async () => undefined),
  },
  {
    named: `update TSIG "cf.example.com." (${TSIG}) in account ${ACCOUNT}`,
    method: "PUT",
    path: `${TSIGS}/${TSIG}`,
    permission: "Account Settings Write",
    run: ({ cloudflare }) => replaceTsig(cloudflare, ACCOUNT, TSIG, content),
  },
  {
    named: `delete TSIG ${TSIG} of account ${ACCOUNT}`,
    method: "DELETE",
    path: `${TSIGS}/${TSIG}`,
    permission: "Account Settings Write",
    missingIsFine: true,
    run: ({ cloudflare }) => deleteTsig(cloudflare, ACCOUNT, TSIG),
  },
];

const hostupOperations: readonly Operation[] = [
  {
    named: "read automatic DNSSEC of domain dom_a",
    method: "GET",
    path: AUTO,
    permission: "read:domains",
    missingIsFine: true,
    run: ({ hostup }) => getDnssecAuto(hostup, "dom_a"),
  },
  {
    named: "include domain dom_a in automatic DNSSEC",
    method: "POST",
    path: AUTO,
    permission: "read:domains write:domains",
    run: ({ hostup }) => setDnssecAuto(hostup, "dom_a", "include"),
  },
  {
    named: "exclude domain dom_a from automatic DNSSEC",
    method: "POST",
    path: AUTO,
    permission: "read:domains write:domains",
    run: ({ hostup }) => setDnssecAuto(hostup, "dom_a", "exclude"),
  },
  {
    named: "find domain example.se",
    method: "GET",
    path: "/api/v2/domains",
    permission: "read:domains",
    run: ({ hostup }) => findDomainId(hostup, "example.se"),
  },
];

const simulated = useSimulator();

/** Objects under the ids above, so that only the faults go wrong. */
beforeEach(async () => {
  const { simulator, clearFaults, forgetRequests, patch } = simulated();
  await clearFaults();
  await patch({
    accounts: { [ACCOUNT]: { name: "Account" } },
    zones: { [ZONE]: null },
    tsigs: { [TSIG]: null },
    domains: { dom_a: null },
  });
  await patch({
    zones: { [ZONE]: { name: "example.com", type: "secondary", plan: "enterprise", accountId: ACCOUNT } },
    tsigs: { [TSIG]: { accountId: ACCOUNT, name: content.name, algo: content.algo, secret: SECRET } },
    domains: { dom_a: { name: "example.se" } },
    tokens: {
      cloudflare: {
        [simulator.cloudflareToken]: { permissions: ["DNS Write", "Account Settings Write"] },
      },
    },
  });
  await forgetRequests();
});

const clients = () => clientsOf(simulatorConfig(simulated().simulator));

/** The fault for ever: a client that tries again meets it again. */
const inject = (fault: Fault) => simulated().fault({ path: "/**", count: null, fault });

/** What every error has: the operation, the parts, the call, a next step, and no secret anywhere. */
function expectTeaching(error: Error, { named, method, path }: Operation, parts: readonly Part[]): void {
  const { message } = error;
  expect(isSecondaryDnsError(error)).toBe(true);
  expect(message).toContain(named);
  for (const part of parts) {
    if (typeof part === "string") expect(message).toContain(part);
    else expect(message).toMatch(part);
  }
  expect(message).toMatch(new RegExp(`^  ${method} http://[^ ]+${literally(path)}`, "m"));
  expect(message).toMatch(/^Next: \S.{10,}$/m);
  expectNoSecret(error);
}

function expectNoSecret(error: Error): void {
  const { cloudflareToken, cloudflareApiKey, hostupToken } = simulated().simulator;
  const texts = [
    error.message,
    String(error),
    error.stack ?? "",
    JSON.stringify(error),
    inspect(error, { depth: 9 }),
  ];
  for (const text of texts) {
    for (const secret of [SECRET, cloudflareToken, cloudflareApiKey, hostupToken]) {
      expect(text).not.toContain(secret);
    }
  }
  expect(error.stack).toBe("");
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** What befalls both services alike. */
const anywhere: readonly (readonly [title: string, fault: Fault, parts: readonly Part[]])[] = [
  [
    "a 502 with a proxy's HTML page",
    { kind: "html", status: 502 },
    ["HTTP 502", "an HTML page in place of JSON", "is in trouble: wait a little"],
  ],
  [
    "a 503 without a body",
    { kind: "status", status: 503, body: "" },
    ["HTTP 503", "no body", "is in trouble: wait a little"],
  ],
  ["an answer that is cut off", { kind: "truncated" }, [/HTTP [24]00/, "JSON that is cut off or broken"]],
  [
    "a 200 without a body",
    { kind: "status", status: 200, body: "" },
    ["HTTP 200", "no body", "check the base URL"],
  ],
  [
    "a 200 with an HTML page, such as a log-in",
    { kind: "html", status: 200 },
    ["HTTP 200", "an HTML page in place of JSON", "no proxy answers in place of"],
  ],
  [
    "a 200 with plain text",
    { kind: "status", status: 200, body: "OK" },
    ["HTTP 200", "JSON that is cut off or broken"],
  ],
  [
    "a 404 with a proxy's HTML page",
    { kind: "html", status: 404 },
    ["HTTP 404", "an HTML page in place of JSON", "check the base URL"],
  ],
  [
    "a redirect, which is not followed",
    { kind: "status", status: 302, body: "", headers: { location: "http://127.0.0.1:1/elsewhere" } },
    ["HTTP 302", "check the base URL"],
  ],
  ["a connection that is reset", { kind: "reset" }, ["can be reached from here"]],
  ["an answer that is lost", { kind: "lost-answer" }, ["can be reached from here"]],
];

const envelope = (...errors: Body[]): Body => ({ success: false, errors, messages: [], result: null });
const refusal = (status: number, ...errors: Body[]): Fault => ({
  kind: "status",
  status,
  body: envelope(...errors),
  headers: { "cf-ray": RAY },
});

describe.each(cloudflareOperations)("an error of Cloudflare to: $named", (operation) => {
  const { permission, run } = operation;
  const refusals: readonly (readonly [title: string, fault: Fault, parts: readonly Part[]])[] = [
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
      ["HTTP 400", "6003: Invalid", "6111: Invalid", "has not the form of an API token"],
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
  ];

  test.each(refusals)("teaches after %s, with the request id", async (_title, fault, parts) => {
    await inject(fault);
    const error = await errorOf(run(clients()));
    expectTeaching(error, operation, [...parts, `(request id ${RAY})`]);
  });

  const outcome = operation.missingIsFine ? "gives nothing" : "teaches";
  test.each<[string, number, Body]>([
    [
      "an unknown path",
      404,
      { code: 7003, message: "Could not route to /x, perhaps your object identifier is invalid?" },
    ],
    ["a missing object", 404, { code: 1301, message: "TSIG not found" }],
    ["an id that is none any more", 400, { code: 7003, message: "Could not route to /x" }],
  ])(`${outcome} after %s`, async (_title, status, problem) => {
    await inject(refusal(status, problem));
    if (operation.missingIsFine) return expect(await run(clients())).toBeUndefined();
    const error = await errorOf(run(clients()));
    expectTeaching(error, operation, [`HTTP ${status}`, "check the id", `(request id ${RAY})`]);
  });

  test.each(anywhere)("teaches after %s", async (_title, fault, parts) => {
    await inject(fault);
    expectTeaching(await errorOf(run(clients())), operation, parts);
  });
});

const problem = (status: number, document: Readonly<Record<string, Body>>): Fault => ({
  kind: "status",
  status,
  body: { status, requestId: REQUEST_ID, ...document },
  headers: { "content-type": "application/problem+json" },
});

describe.each(hostupOperations)("an error of HostUp to: $named", (operation) => {
  const { permission, run } = operation;
  const refusals: readonly (readonly [title: string, fault: Fault, parts: readonly Part[]])[] = [
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
      "a 502 of the registry behind it",
      problem(502, { code: "external_provider_failed" }),
      ["HTTP 502", "external_provider_failed: no detail given", "its registry is in trouble"],
    ],
  ];

  test.each(refusals)("teaches after %s, with the request id", async (_title, fault, parts) => {
    await inject(fault);
    expectTeaching(await errorOf(run(clients())), operation, [...parts, `(request id ${REQUEST_ID})`]);
  });

  test(`${operation.missingIsFine ? "gives nothing" : "teaches"} after a missing domain`, async () => {
    await inject(problem(404, { code: "not_found", detail: "The domain does not exist." }));
    if (operation.missingIsFine) return expect(await run(clients())).toBeUndefined();
    const error = await errorOf(run(clients()));
    expectTeaching(error, operation, ["HTTP 404", "not_found", "check the domain id or name", REQUEST_ID]);
  });

  test("teaches after a 404 in somebody else's JSON", async () => {
    await inject({ kind: "status", status: 404, body: { message: "no Route matched" } });
    const parts = ["HTTP 404", "JSON that is not HostUp's problem document"];
    expectTeaching(await errorOf(run(clients())), operation, parts);
  });

  test("teaches after a 200 of another shape", async () => {
    await inject({ kind: "status", status: 200, body: { success: true, data: {} } });
    expectTeaching(await errorOf(run(clients())), operation, ["HTTP 200", "an unexpected result"]);
  });

  test.each(anywhere)("teaches after %s", async (_title, fault, parts) => {
    await inject(fault);
    expectTeaching(await errorOf(run(clients())), operation, parts);
  });
});

const everyOperation = [...cloudflareOperations, ...hostupOperations];

describe.each(everyOperation)("too many calls to: $named", (operation) => {
  const { run } = operation;
  const isCloudflare = cloudflareOperations.includes(operation);
  const code = isCloudflare ? "971: Please wait" : "rate_limited: Too many requests.";

  test("end in an error that says how long to wait, from Retry-After", async () => {
    await inject({ kind: "rate-limited", retryAfterSeconds: 3_600 });
    expectTeaching(await errorOf(run(clients())), operation, ["HTTP 429", code, "wait 3600 s"]);
  });

  test("end in an error that says how long to wait, without Retry-After", async () => {
    await inject(
      isCloudflare
        ? refusal(429, { code: 971, message: "Please wait and consider throttling your request speed" })
        : problem(429, { code: "rate_limited", detail: "Too many requests." }),
    );
    const wait = isCloudflare ? "wait 5 minutes" : "wait a minute";
    expectTeaching(await errorOf(run(clients())), operation, ["HTTP 429", code, wait]);
  });
});

describe.each(everyOperation)("no answer to: $named", (operation) => {
  const { run, method } = operation;
  const unsure = "Whether the change was made is not known";

  test("ends in an error that names the time", async () => {
    await inject({ kind: "delay", milliseconds: 60_000 });
    const impatient = clientsOf(simulatorConfig(simulated().simulator), { timeout: 100 });
    expectTeaching(await errorOf(run(impatient)), operation, [/within [\d.]+ s/]);
  });

  test("says of a write, and of a write alone, that it may have been made", async () => {
    await inject({ kind: "lost-answer" });
    const { message } = await errorOf(run(clients()));
    if (method === "GET") expect(message).not.toContain(unsure);
    else expect(message).toContain(unsure);
  });

  test("ends in an error that names the closed port", async () => {
    const port = await closedPort();
    const config = {
      ...simulatorConfig(simulated().simulator),
      "cloudflare:baseUrl": `http://127.0.0.1:${port}/client/v4`,
      "hostup:baseUrl": `http://127.0.0.1:${port}/api/v2`,
    };
    const parts = ["ECONNREFUSED", `http://127.0.0.1:${port}`, "can be reached from here"];
    expectTeaching(await errorOf(run(clientsOf(config))), operation, parts);
  });
});

/** A port that nothing listens on any more. */
async function closedPort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  return address.port;
}

describe("results that lack what the documents promise", () => {
  test.each<[Operation | undefined, unknown, string]>([
    [cloudflareOperations[0], { status: "asleep" }, "status: "],
    [cloudflareOperations[3], [{ id: TSIG, name: "x.", algo: "y." }], "0.secret: "],
    [cloudflareOperations[4], { id: TSIG, name: "x.", secret: SECRET }, "algo: "],
    [cloudflareOperations[5], null, "result: "],
  ])("are named by their place: %#", async (operation, result, place) => {
    if (operation === undefined) throw new Error("no such operation");
    const body = { success: true, errors: [], messages: [], result };
    await inject({ kind: "status", status: 200, body: JSON.parse(JSON.stringify(body)) });
    const error = await errorOf(operation.run(clients()));
    expectTeaching(error, operation, ["HTTP 200", "an unexpected result", place]);
  });
});

describe("a service that says secrets back", () => {
  const echo = () => {
    const { cloudflareToken, hostupToken } = simulated().simulator;
    return `given: ${SECRET}, Bearer ${cloudflareToken}, Bearer ${hostupToken}`;
  };

  test.each(cloudflareOperations)(
    "cannot make the error print them: Cloudflare, $named",
    async (operation) => {
      // Only what this process has met as a secret can be known as one.
      new Secret(simulated().simulator.hostupToken);
      await inject(
        refusal(400, {
          code: 1003,
          message: echo(),
          source: { pointer: `/${echo()}` },
          error_chain: [{ code: 1004, message: echo() }],
        }),
      );
      const error = await errorOf(operation.run(clients()));
      expectTeaching(error, operation, ["HTTP 400", "given: [secret], Bearer [secret], Bearer [secret]"]);
    },
  );

  test.each(hostupOperations)("cannot make the error print them: HostUp, $named", async (operation) => {
    new Secret(simulated().simulator.cloudflareToken);
    const errors = [{ pointer: `/${echo()}`, detail: echo(), code: echo() }];
    await inject(problem(400, { code: echo(), detail: echo(), title: echo(), requestId: echo(), errors }));
    const error = await errorOf(operation.run(clients()));
    expectTeaching(error, operation, ["HTTP 400", "given: [secret], Bearer [secret], Bearer [secret]"]);
  });

  test.each(everyOperation)(
    "cannot make the error print them in what is not its own form: $named",
    async (operation) => {
      await inject({ kind: "status", status: 502, body: `<html>${echo()}</html>` });
      expectTeaching(await errorOf(operation.run(clients())), operation, ["HTTP 502"]);
    },
  );

  test.each(everyOperation)("cannot make the error print them in a header: $named", async (operation) => {
    await inject({
      kind: "status",
      status: 400,
      body: envelope({ code: 1003, message: "x" }),
      headers: { "cf-ray": echo(), "retry-after": echo() },
    });
    expectNoSecret(await errorOf(operation.run(clients())));
  });

  test.each(everyOperation)("cannot make the error print them in a 429: $named", async (operation) => {
    const isCloudflare = cloudflareOperations.includes(operation);
    const body = isCloudflare
      ? envelope({ code: 971, message: echo() })
      : { code: "rate_limited", detail: echo() };
    await inject({ kind: "status", status: 429, body, headers: { "retry-after": echo() } });
    expectNoSecret(await errorOf(operation.run(clients())));
  });

  test("cannot make a resource's error print the secret that it creates", async () => {
    const { simulator } = simulated();
    await simulated().fault({ method: "POST", fault: refusal(400, { code: 1003, message: echo() }) });
    const resource = new Managed(tsig, simulatorConfig(simulator));
    const program = { accountId: ACCOUNT, name: "new.example.com.", secret: SECRET };
    expectNoSecret(await errorOf(resource.up(program)));
  });
});

describe("the simulated services themselves refuse", () => {
  test("an unknown token of Cloudflare", async () => {
    const [read] = cloudflareOperations;
    const config = { ...simulatorConfig(simulated().simulator), "cloudflare:apiToken": "unknown-token" };
    const error = await errorOf(getDnssec(clientsOf(config).cloudflare, ZONE));
    if (read) expectTeaching(error, read, ["HTTP 403", "10000", /request id [0-9a-f]{16}-ARN/]);
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
    const { message } = await errorOf(setDnssecAuto(clients().hostup, "dom_a", "include"));
    expect(message).toContain("forbidden: Missing required scope: write:domains.");
    expect(message).toContain('the scopes "read:domains write:domains"');
    await patch({
      tokens: { hostup: { [simulator.hostupToken]: { scopes: ["read:domains", "write:domains"] } } },
    });
  });
});

test("credentials do not follow a redirect to another origin", async () => {
  const seen: unknown[] = [];
  const elsewhere = createServer((request, response) => {
    seen.push(request.headers);
    response.end("{}");
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
  try {
    const headers = { location: `http://127.0.0.1:${portOf(elsewhere)}/` };
    await inject({ kind: "status", status: 307, body: "", headers });
    for (const operation of everyOperation) await errorOf(operation.run(clients()));
    expect(seen).toEqual([]);
  } finally {
    await new Promise((resolve) => elsewhere.close(resolve));
  }
});
