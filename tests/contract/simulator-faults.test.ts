import { type SimulatorClient, withSimulator } from "../support/simulator-client";

const KEY = { name: "key.example.", algo: "hmac-sha512.", secret: "c2VjcmV0" };
const TSIGS = "/accounts/*/secondary_dns/tsigs";

async function inject(client: SimulatorClient, rule: object): Promise<void> {
  expect(await client.control("POST", "/faults", rule)).toMatchObject({ status: 201 });
}

async function tsigCount(client: SimulatorClient): Promise<number> {
  const { body } = await client.control("GET", "/state");
  return JSON.stringify(body).split('"algo"').length - 1;
}

async function statuses(client: SimulatorClient): Promise<unknown> {
  return (await client.control("GET", "/requests")).body;
}

describe("a fault", () => {
  test(
    "of kind status answers with the body and headers it was given, once, without processing",
    withSimulator({}, async (client) => {
      await inject(client, {
        method: "POST",
        path: TSIGS,
        fault: { kind: "status", status: 503, body: { busy: true }, headers: { "retry-after": "1" } },
      });
      const reply = await client.cloudflare("POST", client.tsigs, KEY);

      expect(reply).toMatchObject({ status: 503, body: { busy: true } });
      expect(reply.headers.get("retry-after")).toBe("1");
      expect(reply.headers.get("cf-ray")).not.toBeNull();
      expect(await tsigCount(client)).toBe(0);
      expect(await client.cloudflare("POST", client.tsigs, KEY)).toMatchObject({ status: 200 });
    }),
  );

  test(
    "of kind status without a body is the service's own error",
    withSimulator({}, async (client) => {
      await inject(client, { count: null, fault: { kind: "status", status: 500 } });

      expect(await client.cloudflare("GET", client.zone)).toMatchObject({
        status: 500,
        body: { success: false, errors: [{ code: 1000, message: "internal server error" }] },
      });
      expect(await client.hostup("GET", client.domain)).toMatchObject({
        status: 500,
        body: { code: "internal_error", requestId: expect.any(String) },
      });
    }),
  );

  test(
    "of kind lost-answer is processed before the connection dies",
    withSimulator({}, async (client) => {
      await inject(client, { method: "POST", fault: { kind: "lost-answer" } });

      await expect(client.cloudflare("POST", client.tsigs, KEY)).rejects.toThrow("fetch failed");
      expect(await tsigCount(client)).toBe(1);
      expect(await statuses(client)).toMatchObject([{ method: "POST", status: 200 }]);
    }),
  );

  test(
    "of kind reset kills the connection before anything is processed",
    withSimulator({}, async (client) => {
      await inject(client, { method: "POST", fault: { kind: "reset" } });

      await expect(client.cloudflare("POST", client.tsigs, KEY)).rejects.toMatchObject({
        cause: { code: "ECONNRESET" },
      });
      expect(await tsigCount(client)).toBe(0);
      expect(await statuses(client)).toMatchObject([{ method: "POST", status: 0 }]);
    }),
  );

  test(
    "of kind delay answers late",
    withSimulator({}, async (client) => {
      await inject(client, { fault: { kind: "delay", milliseconds: 30 } });

      expect(await client.cloudflare("GET", client.zone)).toMatchObject({ status: 200 });
      const { body } = await client.control("GET", "/requests");
      expect(Number(/"milliseconds":([\d.]+)/.exec(JSON.stringify(body))?.[1])).toBeGreaterThanOrEqual(29);
    }),
  );

  test(
    "of kind html answers a page",
    withSimulator({}, async (client) => {
      await inject(client, { fault: { kind: "html", status: 502 } });
      const response = await fetch(client.simulator.cloudflare);

      expect(response.status).toBe(502);
      expect(response.headers.get("content-type")).toBe("text/html");
      expect(await response.text()).toMatch(/^<!DOCTYPE html>/);
    }),
  );

  test(
    "of kind truncated is processed and answers half of the JSON",
    withSimulator({}, async (client) => {
      await inject(client, { method: "POST", fault: { kind: "truncated" } });

      await expect(client.cloudflare("POST", client.tsigs, KEY)).rejects.toThrow(SyntaxError);
      expect(await tsigCount(client)).toBe(1);
    }),
  );

  test(
    "of kind messages is processed, and Cloudflare says something besides",
    withSimulator({}, async (client) => {
      const messages = [
        { code: 1234, message: "This endpoint goes away", documentation_url: "https://example.com/why" },
      ];
      await inject(client, { count: 2, fault: { kind: "messages", messages } });
      const made = await client.cloudflare("POST", client.tsigs, KEY);
      const hostup = await client.hostup("GET", client.domain);

      expect(made).toMatchObject({ status: 200, body: { success: true, messages, result: KEY } });
      expect(await tsigCount(client)).toBe(1);
      expect(hostup.body).not.toHaveProperty("messages");
    }),
  );

  test(
    "of kind rate-limited answers each service's 429",
    withSimulator({}, async (client) => {
      await inject(client, { count: 2, fault: { kind: "rate-limited", retryAfterSeconds: 7 } });
      const cloudflare = await client.cloudflare("GET", client.zone);
      const hostup = await client.hostup("GET", client.domain);

      expect(cloudflare).toMatchObject({ status: 429, body: { errors: [{ code: 971 }] } });
      expect(hostup).toMatchObject({ status: 429, body: { code: "rate_limited" } });
      for (const { headers } of [cloudflare, hostup]) expect(headers.get("retry-after")).toBe("7");
      expect(await client.cloudflare("GET", client.zone)).toMatchObject({ status: 200 });
    }),
  );
});

describe("fault rules", () => {
  test(
    "hit by method, path and service only",
    withSimulator({}, async (client) => {
      await inject(client, {
        method: "GET",
        path: "/domains/*",
        service: "hostup",
        fault: { kind: "status", status: 500 },
      });

      expect(await client.cloudflare("GET", client.zone)).toMatchObject({ status: 200 });
      expect(await client.hostup("GET", "/domains")).toMatchObject({ status: 200 });
      expect(await client.hostup("GET", `${client.domain}/dnssec-auto`)).toMatchObject({ status: 200 });
      expect(await client.hostup("GET", client.domain)).toMatchObject({ status: 500 });
    }),
  );

  test(
    "let the first matches pass, hit as often as they say and are then gone",
    withSimulator({}, async (client) => {
      await inject(client, { path: "/zones/**", after: 1, count: 2, fault: { kind: "status", status: 500 } });
      const seen = [];
      for (let sent = 0; sent < 4; sent += 1) seen.push((await client.cloudflare("GET", client.zone)).status);

      expect(seen).toEqual([200, 500, 500, 200]);
      expect((await client.control("GET", "/faults")).body).toEqual([]);
    }),
  );

  test(
    "are listed with what is left of them, and emptied",
    withSimulator({}, async (client) => {
      await inject(client, { after: 2, fault: { kind: "reset" } });
      await inject(client, { service: "hostup", count: null, fault: { kind: "truncated" } });
      await client.cloudflare("GET", client.zone);

      expect((await client.control("GET", "/faults")).body).toEqual([
        { after: 1, count: 1, fault: { kind: "reset" } },
        { service: "hostup", after: 0, count: null, fault: { kind: "truncated" } },
      ]);
      expect(await client.control("DELETE", "/faults")).toMatchObject({ status: 204 });
      expect((await client.control("GET", "/faults")).body).toEqual([]);
    }),
  );

  test.each([
    ["no fault", {}, "/fault: required field is missing"],
    ["an unknown kind", { fault: { kind: "explode" } }, "/fault/kind: "],
    ["an unknown key", { times: 1, fault: { kind: "reset" } }, "/times: unknown field"],
    ["an unknown key of the fault", { fault: { kind: "reset", status: 1 } }, "/fault/status: unknown field"],
    ["a count of none", { count: 0, fault: { kind: "reset" } }, "/count: "],
    ["a path that does not begin with /", { path: "zones", fault: { kind: "reset" } }, "/path: "],
    ["an impossible status", { fault: { kind: "html", status: 99 } }, "/fault/status: "],
    ["no body", undefined, "body: a JSON body is required"],
  ])("are refused with %s", (_what, rule, error) =>
    withSimulator({}, async (client) => {
      expect(await client.control("POST", "/faults", rule)).toMatchObject({
        status: 400,
        body: { error: expect.stringContaining(error) },
      });
    })(),
  );
});
