import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { type SimulatorClient, withSimulator } from "../support/simulator-client";

interface Request {
  readonly line: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Keeps the request open: the answer must come before it ends. */
  readonly isOpen?: boolean;
}

/** Sends a request as it is, which fetch would not, and answers all that comes until the server ends it. */
async function exchange({ simulator }: SimulatorClient, { line, headers, body = "", isOpen }: Request) {
  const { hostname, port, host } = new URL(simulator.control);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  const all = { host, connection: "close", ...headers };
  const lines = [`${line} HTTP/1.1`, ...Object.entries(all).map(([name, value]) => `${name}: ${value}`)];
  socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`);
  if (!isOpen) socket.end();
  const answer = await text(socket);
  return { status: Number(answer.split(" ")[1]), answer };
}

const JSON_TYPE = { "content-type": "application/json" };
const PATCH = JSON.stringify({ latencyMs: 0 });
const patching = (headers: Record<string, string>): Request => ({
  line: "PATCH /_control/state",
  headers: { ...JSON_TYPE, "content-length": String(PATCH.length), ...headers },
  body: PATCH,
});

describe("the control plane", () => {
  test.each([["127.0.0.1"], ["127.0.0.1:8080"], ["localhost:8080"], ["LOCALHOST"], ["[::1]:8080"]])(
    "answers to this machine's name %s",
    (host) =>
      withSimulator({}, async (client) => {
        expect(await exchange(client, patching({ host }))).toMatchObject({ status: 200 });
      })(),
  );

  test.each([
    ["evil.example"],
    ["evil.example:80"],
    ["127.0.0.1.evil.example"],
    ["localhost.evil.example"],
    ["127.0.0.1@evil.example"],
    [""],
  ])("does not answer to the name %s, which a page may have pointed here", (host) =>
    withSimulator({}, async (client) => {
      for (const request of [patching({ host }), { line: "GET /_control/state", headers: { host } }]) {
        const { status, answer } = await exchange(client, request);

        expect(status).toBe(403);
        expect(answer).not.toContain(client.simulator.cloudflareToken);
      }
    })(),
  );

  test.each(["http://evil.example", "https://127.0.0.1", "null", "http://127.0.0.1:1"])(
    "does not answer pages of the origin %s",
    (origin) =>
      withSimulator({}, async (client) => {
        expect(await exchange(client, patching({ origin }))).toMatchObject({ status: 403 });
      })(),
  );

  test(
    "answers pages of its own origin",
    withSimulator({}, async (client) => {
      const { origin } = new URL(client.simulator.control);

      expect(await exchange(client, patching({ origin }))).toMatchObject({ status: 200 });
    }),
  );

  test.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])(
    "takes no body of the type %j, which any page may send",
    (type) =>
      withSimulator({}, async (client) => {
        const headers = { "content-type": type };
        const fault = JSON.stringify({ fault: { kind: "reset" } });
        const post = { line: "POST /_control/faults", headers, body: fault };

        expect(await exchange(client, patching(headers))).toMatchObject({ status: 415 });
        expect(await exchange(client, post)).toMatchObject({ status: 415 });
        expect((await client.control("GET", "/faults")).body).toEqual([]);
      })(),
  );

  test.each(["application/json", "Application/JSON; charset=utf-8"])("takes a body of the type %s", (type) =>
    withSimulator({}, async (client) => {
      expect(await exchange(client, patching({ "content-type": type }))).toMatchObject({ status: 200 });
    })(),
  );

  test(
    "takes no body above 64 MiB",
    withSimulator({}, async (client) => {
      const headers = { ...JSON_TYPE, "content-length": String((64 << 20) + 1) };
      const request = { line: "PATCH /_control/state", headers, isOpen: true };

      expect(await exchange(client, request)).toMatchObject({ status: 413 });
    }),
  );
});

describe("a body", () => {
  /** Announced and not sent: whoever waits for it never answers. */
  const unsent = { "content-length": "1000000", ...JSON_TYPE };
  const bearer = ({ simulator }: SimulatorClient) => ({
    authorization: `Bearer ${simulator.cloudflareToken}`,
  });

  test.each<[string, string, number]>([
    ["Cloudflare", "/client/v4/accounts/ACCOUNT/secondary_dns/tsigs", 403],
    ["Cloudflare where there is no such route", "/client/v4/nowhere", 404],
    ["HostUp", "/api/v2/domains/dom_1/dnssec-auto", 401],
    ["nobody", "/elsewhere", 404],
  ])("of a request that %s does not admit is not waited for", (_who, path, status) =>
    withSimulator({}, async (client) => {
      const line = `POST ${path.replace("ACCOUNT", client.simulator.accountId)}`;
      const headers = { ...unsent, authorization: "Bearer unknown", "user-agent": "test" };

      expect(await exchange(client, { line, headers, isOpen: true })).toMatchObject({ status });
    })(),
  );

  test(
    "that announces more than 1 MiB is not waited for, whoever sends it",
    withSimulator({}, async (client) => {
      const line = `POST /client/v4${client.tsigs}`;
      const headers = { ...JSON_TYPE, ...bearer(client), "content-length": String((1 << 20) + 1) };

      expect(await exchange(client, { line, headers, isOpen: true })).toMatchObject({ status: 413 });
    }),
  );

  test.each([
    [(1 << 20) + 1, 413],
    // Read whole, and found not to be JSON.
    [1 << 20, 400],
  ])("that comes in chunks is read up to 1 MiB: %d octets", (octets, status) =>
    withSimulator({}, async (client) => {
      const line = `POST /client/v4${client.tsigs}`;
      const headers = { ...JSON_TYPE, ...bearer(client), "transfer-encoding": "chunked" };
      const chunk = `${octets.toString(16)}\r\n${" ".repeat(octets - 1)}x`;
      const body = status === 413 ? chunk : `${chunk}\r\n0\r\n\r\n`;

      expect(await exchange(client, { line, headers, body, isOpen: true })).toMatchObject({ status });
    })(),
  );
});
