import "../support/one-realm";
import { everyOperation, type Operation } from "../support/client-operations";
import { clientsOf } from "../support/clients";
import { freePort } from "../support/dns-processes";
import { type TeachingCase, useFaultyServices } from "../support/faulty-services";
import { simulatorConfig } from "../support/handlers";
import { errorOf, messageOf } from "../support/outcome";
import { type Fault, problem, refusal } from "../support/refusals";

const { simulated, clients, inject, expectTeaching, expectTeachingAfter } = useFaultyServices();

describe.each(everyOperation)("an error of $service to: $named", (operation) => {
  test.each<TeachingCase>([
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
  ])("teaches after %s", async (_title, fault, parts) => {
    await expectTeachingAfter(fault, operation, parts);
  });
});

interface Limit {
  readonly problem: string;
  readonly withoutRetryAfter: ReturnType<typeof refusal>;
  readonly next: string;
}

const limits: Readonly<Record<Operation["service"], Limit>> = {
  Cloudflare: {
    problem: "971: Please wait",
    withoutRetryAfter: refusal(429, {
      code: 971,
      message: "Please wait and consider throttling your request speed",
    }),
    next: "wait 5 minutes",
  },
  HostUp: {
    problem: "rate_limited: Too many requests.",
    withoutRetryAfter: problem(429, { code: "rate_limited", detail: "Too many requests." }),
    next: "wait a minute",
  },
};

describe.each(everyOperation)("too many calls to: $named", (operation) => {
  const limit = limits[operation.service];

  test("end in an error that says how long to wait, from Retry-After", async () => {
    const fault: Fault = { kind: "rate-limited", retryAfterSeconds: 3_600 };
    await expectTeachingAfter(fault, operation, ["HTTP 429", limit.problem, "wait 3600 s"]);
  });

  test("end in an error that says how long to wait, from a Retry-After that is a date", async () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
    const fault = {
      ...limit.withoutRetryAfter,
      headers: { ...limit.withoutRetryAfter.headers, "retry-after": inAnHour },
    };
    await expectTeachingAfter(fault, operation, ["HTTP 429", /wait 3[56]\d\d s/]);
  });

  test.each(["99999999999", "9".repeat(400), "Fri, 31 Dec 9999 23:59:59 GMT"])(
    "end in an error at once where Retry-After asks for %s",
    async (retryAfter) => {
      const headers = { ...limit.withoutRetryAfter.headers, "retry-after": retryAfter };
      await expectTeachingAfter({ ...limit.withoutRetryAfter, headers }, operation, ["wait more than a day"]);
    },
  );

  test("end in an error that says how long to wait, without Retry-After", async () => {
    await expectTeachingAfter(limit.withoutRetryAfter, operation, ["HTTP 429", limit.problem, limit.next]);
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
    const message = await messageOf(run(clients()));
    if (method === "GET") expect(message).not.toContain(unsure);
    else expect(message).toContain(unsure);
  });

  test("ends in an error that names the closed port", async () => {
    const origin = `http://127.0.0.1:${await freePort()}`;
    const config = {
      ...simulatorConfig(simulated().simulator),
      "cloudflare:baseUrl": `${origin}/client/v4`,
      "hostup:baseUrl": `${origin}/api/v2`,
    };
    const parts = ["ECONNREFUSED", origin, "can be reached from here"];
    expectTeaching(await errorOf(run(clientsOf(config))), operation, parts);
  });
});
